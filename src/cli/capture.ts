/**
 * `npm run capture -- PID [-o FILE] [--summary]`: the page tables that a process of this machine must have.
 * `npm run capture -- --machine [-o FILE]`: every frame of this machine.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { captureImage } from '../formats/capture-image.ts';
import type { CaptureFile } from '../formats/capture-schema.ts';
import { encodeMachine, type MachineFile } from '../formats/machine-file.ts';
import { summarise } from '../formats/image-summary.ts';
import { captureMachine } from './capture-machine.ts';
import { captureProcess } from './capture-process.ts';
import { machineLimits } from './capture-work.ts';
import { CommandError, print, runCommand, say, UsageError } from './say.ts';

const usage = `Usage: npm run capture -- PID [-o FILE] [--summary]
       npm run capture -- --machine [-o FILE]
Writes the page tables that process PID must have to FILE (- is stdout, a name ending in .gz is compressed;
default COMM-PID.limbo.json). With --summary prints counts as JSON on stdout and writes no file.
With --machine (as root) writes what every frame of this machine is used for (default HOST.machine.limbo.json).`;

interface Options {
  /** null: the whole machine. */
  readonly pid: number | null;
  readonly output: string | null;
  readonly summary: boolean;
}

function parsePid(word: string | undefined): number {
  if (word !== undefined && /^[1-9]\d{0,9}$/.test(word)) return Number(word);
  throw new UsageError(word === undefined ? usage : `"${word}" is not the number of a process.\n${usage}`);
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        output: { type: 'string', short: 'o' },
        summary: { type: 'boolean', default: false },
        machine: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
    if (values.help || positionals.length > 1) throw new UsageError(usage);
    if (values.machine && (positionals.length > 0 || values.summary)) throw new UsageError(usage);
    const pid = values.machine ? null : parsePid(positionals[0]);
    return { pid, output: values.output ?? null, summary: values.summary };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

function requireMachine(): void {
  if (process.platform === 'linux' && process.arch === 'x64') return;
  const here = `${process.platform} on ${process.arch}`;
  throw new CommandError(
    `Only Linux on x86-64 shows a process's pages in the way that this reads; this is ${here}.`,
  );
}

/** npm runs a script in the folder of package.json; a relative name is meant from where the person stands. */
function outputPath({ output }: Options, name: string): string {
  return resolve(
    process.env['npm_lifecycle_event'] === 'capture' ? (process.env['INIT_CWD'] ?? '.') : '.',
    output ?? `${name.replace(/[^\w.-]/g, '_')}.limbo.json`,
  );
}

async function write(options: Options, capture: CaptureFile | MachineFile, name: string): Promise<void> {
  const text = `${JSON.stringify(capture)}\n`;
  if (options.output === '-') return print(text);
  const path = outputPath(options, name);
  try {
    writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
  } catch (error) {
    throw new CommandError(`${path} cannot be written: ${(error as Error).message}.`);
  }
  say(`Written to ${path} (${(text.length / 1024).toFixed(0)} KiB of JSON).`);
}

async function writeMachine(options: Options): Promise<void> {
  const machine = captureMachine();
  for (const sentence of machine.missing) say(sentence);
  await write(options, encodeMachine(machine), `${machine.name}.machine`);
}

async function writeProcess(pid: number, options: Options): Promise<void> {
  const capture = await captureProcess(pid);
  for (const sentence of capture.missing) say(sentence);
  if (options.summary)
    return print(`${JSON.stringify(summarise(captureImage(capture, 'the capture', machineLimits)))}\n`);
  const { comm } = capture.process;
  await write(options, capture, `${comm ?? 'process'}-${String(pid)}`);
}

await runCommand(async () => {
  const options = readOptions(process.argv.slice(2));
  requireMachine();
  if (options.pid === null) await writeMachine(options);
  else await writeProcess(options.pid, options);
});
