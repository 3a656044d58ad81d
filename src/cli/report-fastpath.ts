import { MACHINES } from '../reports/fastpath/machines.ts';
import { FASTPATH_DEFAULTS, type FastpathReport, fastpathReport } from '../reports/fastpath/report.ts';
import { type ReportCommand, textTable } from './report-command.ts';
import { UsageError } from './say.ts';
import { readOptions, single } from './usage.ts';

export const fastpathCommand: ReportCommand = {
  about: 'What every page fault pays because tables could move, while none does.',
  usage: `[--json] [--machine ${MACHINES.map(({ id }) => id).join('|')}]`,
  run(argv) {
    const options = readOptions(argv, { values: ['machine'], flags: ['json'] });
    const machine = single(options, 'machine', FASTPATH_DEFAULTS.machine);
    if (!MACHINES.some(({ id }) => id === machine))
      throw new UsageError(
        `There is no machine "${machine}". There are: ${MACHINES.map(({ id }) => id).join(', ')}.`,
      );
    const report = fastpathReport({ ...FASTPATH_DEFAULTS, machine });
    const text = options.flags.has('json') ? `${JSON.stringify(report)}\n` : textOf(report);
    return { text, exitCode: 0 };
  },
};

function textOf({ versions, machine, limits }: FastpathReport): string {
  const rows = versions.map(({ version, slowdownPercent, published, extraNs, extra }) => [
    version,
    `${slowdownPercent.toFixed(2)}%`,
    published === null ? '–' : `${String(published)}%`,
    extraNs.toFixed(1),
    String(extra.locked),
    String(extra.load),
    String(extra.store),
    String(extra.branch),
  ]);
  const head = ['version', 'slow-down', 'published', 'ns more', 'locked', 'loads', 'stores', 'branches'];
  const notes = limits.map((limit) => `- ${limit}\n`).join('');
  return `A page fault with relocation compiled in and idle, costs of ${machine.title}:\n\n${textTable(head, rows)}\n${notes}`;
}
