import { VERSIONS, versionOf } from '../designs/versions.ts';
import { COMPARED } from '../reports/cost/report.ts';
import { designCost, type DesignCost } from '../reports/design-cost.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { chooseScenario } from './choose-design.ts';
import { type ReportCommand, textTable } from './report-command.ts';
import { UsageError } from './say.ts';
import { readOptions, single, wholeNumber } from './usage.ts';

interface CostRow extends DesignCost {
  readonly scenario: string;
  readonly version: string;
}

export const costCommand: ReportCommand = {
  about:
    'Flushes, IPIs and locked steps of a relocation under the designs: the mean of seeded runs of each scenario.',
  usage: '[--json] [--scenario S ...] [--design D ...] [--runs N]',
  run(argv) {
    const options = readOptions(argv, { values: ['scenario', 'design', 'runs'], flags: ['json'] });
    const runs = wholeNumber(single(options, 'runs', '100'), 'runs');
    if (runs === 0) throw new UsageError('--runs takes 1 or more.');
    const scenarios = (options.values.get('scenario') ?? SCENARIOS.map(({ id }) => id)).map(chooseScenario);
    const versions = options.values.get('design') ?? COMPARED;
    const rows = scenarios.flatMap((scenario) =>
      versions.map((version) => ({
        scenario: scenario.id,
        version,
        ...designCost(scenario, designOf(version), runs),
      })),
    );
    return {
      text: options.flags.has('json') ? `${JSON.stringify({ runs, rows })}\n` : textOf(rows),
      exitCode: 0,
    };
  },
};

function designOf(id: string) {
  const version = versionOf(id);
  if (version !== null) return version.design;
  throw new UsageError(`There is no design "${id}". There are: ${VERSIONS.map((v) => v.id).join(', ')}.`);
}

function textOf(rows: readonly CostRow[]): string {
  const figures = ({ flushes, ipis, locked, steps }: DesignCost): string[] =>
    [flushes, ipis, locked, steps].map((n) => n.toFixed(2));
  return textTable(
    ['scenario', 'design', 'flushes', 'IPIs', 'locked steps', 'steps'],
    rows.map((row) => [row.scenario, row.version, ...figures(row)]),
  );
}
