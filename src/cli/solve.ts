/** `npm run solve -- --ostep FILE [--json]`: the answers to OSTEP's homework on multi-level page tables. */
import { basename } from 'node:path';
import { type OstepWalk, walkOstep } from '../exercises/ostep.ts';
import { FileError } from '../formats/file-error.ts';
import { type OstepDump, parseOstepDump } from '../formats/ostep-dump.ts';
import { readNamedFile } from './named-file.ts';
import { UsageError } from './say.ts';
import { type Outcome, readOptions, runTool, single } from './usage.ts';

const USAGE = `Usage: npm run solve -- --ostep FILE [--json]
FILE is what OSTEP's paging-multilevel-translate.py prints: 128 pages, the PDBR, virtual addresses.
With --json: [{va, pa, value} or {va, fault}] in the order of the file, as numbers.`;

/** A dump that makes no sense was not asked for in a way that we understand. */
function read(file: string): OstepDump {
  const text = new TextDecoder().decode(readNamedFile(file, 'Nothing was solved.'));
  try {
    return parseOstepDump(basename(file), text);
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(error.message);
    throw error;
  }
}

const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

function row({ pde, pte, answer }: OstepWalk): string {
  const steps = [pde, ...(pte === null ? [] : [pte])].map(
    ({ page, index, byte }) => `page ${String(page)}[${String(index)}] = ${hex(byte, 2)}`,
  );
  const end =
    'fault' in answer
      ? `fault: ${answer.fault}`
      : `pa ${hex(answer.pa, 3)}, which holds ${hex(answer.value, 2)}`;
  return `va ${hex(answer.va, 4)}  ${steps.join(', ')}  ->  ${end}\n`;
}

function main(argv: readonly string[]): Outcome {
  const options = readOptions(argv, { values: ['ostep'], flags: ['json'] });
  const dump = read(single(options, 'ostep', null));
  const walks = dump.addresses.map((va) => walkOstep(dump, va));
  const json = `[${walks.map(({ answer }) => `\n${JSON.stringify(answer)}`).join(',')}\n]\n`;
  return { text: options.flags.has('json') ? json : walks.map(row).join(''), exitCode: 0 };
}

await runTool(USAGE, main);
