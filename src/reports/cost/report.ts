import { VERSIONS } from '../../designs/versions.ts';
import { scenarioOf } from '../../scenarios/scenarios.ts';
import type { BarChart, Chart } from '../chart.ts';
import { designCost, type DesignCost } from '../design-cost.ts';

/** Designs worth comparing: the last posting, and those that were made right or meant to be. */
export const COMPARED: readonly string[] = ['2008-05-09', 'invalidate-first', 'repaired', 'limbo-repaired'];

export interface CostParams {
  /** The id of a scenario in which something is relocated. */
  readonly scenario: string;
  /** Seeded schedules for each design, 1 or more. */
  readonly runs: number;
}

export const COST_DEFAULTS: CostParams = { scenario: 'tree', runs: 200 };

export interface CostRow extends DesignCost {
  readonly version: string;
}

export interface CostReport {
  readonly params: CostParams;
  readonly rows: readonly CostRow[];
  /** How many times as many flushes `repaired` needs as `limbo-repaired`; null where the second needs none. */
  readonly timesTheFlushes: number | null;
  readonly charts: readonly Chart[];
  readonly limits: readonly string[];
}

const LIMITS: readonly string[] = [
  'Steps of the model are counted, not cycles: a step is one access to shared memory with the local work before it. An IPI and its flush cost a real machine far more than a lock that nobody else wants.',
  'A mean over seeded schedules in which every actor that can move is as likely to be next; real machines are not like that. The search has the extremes: in no schedule does limbo-repaired flush more than once for a relocation.',
  'What later faults pay, after the relocation has left, is not in it: see “What the fast path pays”.',
];

/** Mean cost of what is relocated in a scenario, design by design. Throws for a scenario that there is not. */
export function costReport(params: CostParams, tell: (share: number) => void = () => undefined): CostReport {
  const scenario = scenarioOf(params.scenario);
  if (scenario === null) throw new Error(`there is no scenario ${params.scenario}`);
  const versions = VERSIONS.filter(({ id }) => COMPARED.includes(id));
  const rows = versions.map(({ id, design }, i): CostRow => {
    const row = { version: id, ...designCost(scenario, design, params.runs) };
    tell((i + 1) / versions.length);
    return row;
  });
  return { params, rows, timesTheFlushes: timesTheFlushes(rows), charts: costCharts(rows), limits: LIMITS };
}

function timesTheFlushes(rows: readonly CostRow[]): number | null {
  const of = (wanted: string): number => rows.find(({ version }) => version === wanted)?.flushes ?? 0;
  const least = of('limbo-repaired');
  return least === 0 ? null : of('repaired') / least;
}

type Words = Pick<BarChart, 'id' | 'title' | 'about'>;
type Measures = readonly (readonly [name: string, key: keyof DesignCost])[];

function costCharts(rows: readonly CostRow[]): readonly Chart[] {
  const chart = (words: Words, measures: Measures): BarChart => ({
    kind: 'bar',
    ...words,
    category: 'design',
    categories: rows.map(({ version }) => version),
    y: { title: 'mean of a run', words: 'number', scale: 'linear' },
    stacked: false,
    series: measures.map(([name, key]) => ({ name, values: rows.map((row) => row[key]) })),
  });
  return [
    chart({ id: 'cost-flushes', title: 'Flushes of the whole process, and their IPIs', about: FLUSHES }, [
      ['flushes', 'flushes'],
      ['IPIs', 'ipis'],
    ]),
    chart({ id: 'cost-steps', title: 'Steps until the relocation has left', about: STEPS }, [
      ['locked', 'locked'],
      ['all', 'steps'],
    ]),
  ];
}

const FLUSHES =
  'Clearing an entry before its table is copied needs a flush for each table; limbo lets one flush serve all of them.';
const STEPS = 'By all threads. Locked: locks taken, and atomic changes of entries, flags and masks.';
