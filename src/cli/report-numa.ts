import {
  IN_FLIGHT,
  NUMA_DEFAULTS,
  type NumaParams,
  PATTERNS,
  REMOTE_LOADS,
  WORKING_SETS,
} from '../reports/numa/params.ts';
import { inWords } from '../reports/chart.ts';
import { type NumaReport, numaReport, type NumaSweeps, numaSweeps } from '../reports/numa/report.ts';
import { type ReportCommand, textTable } from './report-command.ts';
import { UsageError } from './say.ts';
import { type Options, readOptions, single } from './usage.ts';

const GIB = 2 ** 30;

export const numaCommand: ReportCommand = {
  about:
    'A process moves to another node: what its page tables cost there if they stay behind, come too, or are everywhere.',
  usage: `[--json] [--gib N] [--pattern ${PATTERNS.join('|')}] [--in-flight N] [--remote-load N]`,
  run(argv) {
    const options = readOptions(argv, {
      values: ['gib', 'pattern', 'in-flight', 'remote-load'],
      flags: ['json'],
    });
    const params = readParams(options);
    const quietly = (): void => undefined;
    const report = numaReport(params, quietly);
    const sweeps = numaSweeps(params, quietly);
    const json = { ...report, published: sweeps.published, charts: [...report.charts, ...sweeps.charts] };
    const text = options.flags.has('json') ? `${JSON.stringify(json)}\n` : textOf(report, sweeps);
    return { text, exitCode: 0 };
  },
};

function readParams(options: Options): NumaParams {
  const gib = oneOf(
    options,
    'gib',
    WORKING_SETS.map((bytes) => bytes / GIB),
  );
  return {
    ...NUMA_DEFAULTS,
    pattern: oneOf(options, 'pattern', PATTERNS) ?? NUMA_DEFAULTS.pattern,
    workingSetBytes: gib === null ? NUMA_DEFAULTS.workingSetBytes : gib * GIB,
    inFlight: oneOf(options, 'in-flight', IN_FLIGHT) ?? NUMA_DEFAULTS.inFlight,
    remoteLoad: oneOf(options, 'remote-load', REMOTE_LOADS) ?? NUMA_DEFAULTS.remoteLoad,
  };
}

function oneOf<T extends string | number>(options: Options, name: string, values: readonly T[]): T | null {
  if (!options.values.has(name)) return null;
  const given = single(options, name, null);
  const found = values.find((value) => String(value) === given);
  if (found === undefined)
    throw new UsageError(`--${name} takes one of ${values.join(', ')}; not "${given}".`);
  return found;
}

function textOf({ params, ends, limits }: NumaReport, { published }: NumaSweeps): string {
  const endRows = ends.map(({ title, cyclesPerAccess, remoteShare, timesSlower }) => [
    title,
    cyclesPerAccess.toFixed(0),
    inWords('percent', remoteShare),
    timesSlower.toFixed(2),
  ]);
  const subject = `${inWords('bytes', params.workingSetBytes)}, ${params.pattern}, ${String(params.inFlight)} accesses at once`;
  const figures = published.map(({ what, published: value, source, model }) => {
    const rows = model.map(({ condition, value: own }) => [condition, own.toFixed(2)]);
    return `\n${what}: up to ${String(value)} times (${source})\n${textTable(['this model', 'times'], rows)}`;
  });
  const notes = limits.map((limit) => `- ${limit}\n`).join('');
  const head = ['after the move', 'cycles an access', 'remote', 'times slower'];
  return `${subject}\n\n${textTable(head, endRows)}${figures.join('')}\n${notes}`;
}
