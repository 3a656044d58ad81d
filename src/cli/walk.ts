/** `npm run walk -- FILE [--json]`: what every user leaf of a truth file or a capture translates to. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { summarise } from '../formats/image-summary.ts';
import { openFile } from '../formats/open-file.ts';
import type { ProcessImage } from '../formats/process-image.ts';
import { translate } from '../formats/translate.ts';
import type { TranslationRun } from '../formats/translate.ts';
import { readNamedFile } from './named-file.ts';
import { print, runCommand, UsageError } from './say.ts';

const usage = `Usage: npm run walk -- FILE [--json]
FILE is a ptlab-truth file or a capture, plain or gzipped. With --json the runs are printed as JSON, else as a table.`;

interface Options {
  readonly file: string;
  readonly json: boolean;
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
    const [file] = positionals;
    if (values.help || file === undefined || positionals.length > 1) throw new UsageError(usage);
    return { file, json: values.json };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${(error as Error).message}\n${usage}`);
  }
}

function json(runs: readonly TranslationRun[]): string {
  return `[${runs.map((run) => `\n${JSON.stringify(run)}`).join(',')}\n]\n`;
}

function row({ va, pa, pageShift, n, flags, node }: TranslationRun): string {
  const size = { 12: '4 KiB', 21: '2 MiB', 22: '4 MiB', 30: '1 GiB' }[pageShift] ?? `2^${String(pageShift)}`;
  const columns = [
    va.padEnd(18),
    (pa ?? '?').padEnd(16),
    size,
    String(n).padStart(8),
    ` ${flags}`,
    node ?? '?',
  ];
  return columns.join('  ');
}

function table(image: ProcessImage, runs: readonly TranslationRun[]): string {
  const { levels, tables } = summarise(image);
  const counts = Object.entries(tables).map(([name, count]) => `${String(count)} ${name}`);
  const head = `${'va'.padEnd(18)}  ${'pa'.padEnd(16)}  page      pages   XGPDACTUW  node`;
  return `${[`${image.name}: ${String(levels)} levels, ${counts.join(', ')}`, head, ...runs.map(row)].join('\n')}\n`;
}

await runCommand(async () => {
  const { file, json: asJson } = readOptions(process.argv.slice(2));
  const image = openFile(readNamedFile(file, 'Nothing was walked.'), basename(file));
  const runs = translate(image);
  await print(asJson ? json(runs) : table(image, runs));
});
