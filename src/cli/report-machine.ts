import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openMachine } from '../formats/open-file.ts';
import { KIND_WORDS } from '../reports/machine/charts.ts';
import type { Machine } from '../reports/machine/machine.ts';
import { machineReport, type MachineReport } from '../reports/machine/report.ts';
import { captureMachine } from './capture-machine.ts';
import { type ReportCommand, textTable } from './report-command.ts';
import { CommandError } from './say.ts';
import { readOptions } from './usage.ts';

export const machineCommand: ReportCommand = {
  about:
    'Every frame of this machine (as root), or of a file of capture --machine: what can move, what cannot.',
  usage: '[FILE] [--json]',
  run(argv) {
    const files = argv.filter((word) => !word.startsWith('--'));
    const options = readOptions(argv.filter((word) => word.startsWith('--')).concat(files.slice(1)), {
      values: [],
      flags: ['json'],
    });
    const [file] = files;
    const { report } = machineReport(file === undefined ? captureMachine() : readFile(file));
    const { charts: _, ...rest } = report;
    return { text: options.flags.has('json') ? `${JSON.stringify(rest)}\n` : textOf(report), exitCode: 0 };
  },
};

/** npm runs a script in the folder of package.json; a relative name is meant from where the person stands. */
function readFile(name: string): Machine {
  const path = resolve(
    process.env['npm_lifecycle_event'] === 'report' ? (process.env['INIT_CWD'] ?? '.') : '.',
    name,
  );
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new CommandError(
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  return openMachine(bytes, name);
}

const mib = (pages: number): string => (pages / 256).toFixed(1);

function textOf(report: MachineReport): string {
  const { kinds, fromMeminfo, freeBlocks, checks, largest, method, limits, missing } = report;
  const rows = Object.entries(KIND_WORDS).map(([kind, words]) => {
    const pages = kinds[kind as keyof typeof kinds];
    return [
      words,
      String(pages),
      mib(pages),
      fromMeminfo.some((one) => one === kind) ? '/proc/meminfo' : 'frames',
    ];
  });
  const orders = freeBlocks.now.map((_, order) =>
    [String(order)].concat(
      [
        freeBlocks.now,
        freeBlocks.compaction,
        freeBlocks.compactionHigh,
        freeBlocks.relocatable,
        freeBlocks.relocatableHigh,
      ].map((list) => String(list[order] ?? 0)),
    ),
  );
  return [
    `${report.name}, ${report.kernel}: ${String(report.frames)} frames.\n`,
    textTable(['kind', 'pages', 'MiB', 'from'], rows),
    answerText(report),
    largest.inDoubt
      ? `In doubt: ${String(largest.unexplained[0])} pages or more are in use, and nothing says for what.\n`
      : '',
    textTable(['order', 'now', 'tables stay', 'high', 'tables move', 'high'], orders),
    textTable(
      ['checked', 'ours', 'kernel’s', 'drift while reading'],
      checks.map(({ what, ours, kernels, drift }) => [what, String(ours), String(kernels), String(drift)]),
    ),
    [...method, ...limits, ...missing].map((line) => `- ${line}\n`).join(''),
  ].join('\n');
}

function answerText(report: MachineReport): string {
  const { largest, kinds } = report;
  const answer = largest.kind === 'pageTables' ? 'Page tables are' : 'Page tables are not';
  return `${answer} the largest non-movable use of memory here: ${KIND_WORDS[largest.kind]} ${mib(largest.pages)} MiB, page tables ${mib(kinds.pageTables)} MiB.
${tableBlocksText(report)}`;
}

function tableBlocksText({ tableBlocks: { withTables, onlyTables, onlyTablesHigh } }: MachineReport): string {
  const only =
    onlyTables === onlyTablesHigh ? String(onlyTables) : `${String(onlyTables)} to ${String(onlyTablesHigh)}`;
  return `${String(withTables)} pageblocks hold page tables; in ${only} of them nothing else stays, and only there moving tables wins a huge page.`;
}
