import type { BarChart, Chart, LineChart } from '../chart.ts';
import { CHARGED, type ChargedOperation } from './charge.ts';
import { type CostedMachine, costOf, costOfKind } from './machines.ts';
import { middleNs } from './published.ts';
import type { FastpathParams, VersionCost } from './version-cost.ts';

const OPERATION_WORDS: Readonly<Record<ChargedOperation, string>> = {
  locked: 'locked operations',
  load: 'loads',
  store: 'stores',
  branch: 'branches',
};

/** Slow-downs, the operations behind them, and how they depend on what is least known. */
export function fastpathCharts(
  versions: readonly VersionCost[],
  machine: CostedMachine,
  params: FastpathParams,
): readonly Chart[] {
  return [slowdowns(versions), operations(versions, machine), sensitivity(versions, machine, params)].concat(
    contention(versions, machine),
  );
}

function slowdowns(versions: readonly VersionCost[]): Chart {
  const chart: BarChart = {
    kind: 'bar',
    id: 'fastpath-slowdown',
    title: 'Slow-down of a page fault while nothing moves',
    about: 'From the operations of each program; the diamonds are what the cover letters say.',
    category: 'version',
    categories: versions.map(({ version }) => version),
    y: { title: 'slow-down', words: 'percent', scale: 'linear' },
    stacked: false,
    series: [{ name: 'this model', values: versions.map(({ slowdownPercent }) => slowdownPercent / 100) }],
    marks: {
      name: 'published',
      values: versions.map(({ published }) => (published === null ? null : published / 100)),
    },
  };
  return chart;
}

function operations(versions: readonly VersionCost[], { costs }: CostedMachine): Chart {
  const chart: BarChart = {
    kind: 'bar',
    id: 'fastpath-operations',
    title: 'The operations that make the difference',
    about:
      'What a fault does more than without relocation, in ns. Two test-and-clear operations are most of it.',
    category: 'version',
    categories: versions.map(({ version }) => version),
    y: { title: 'ns a fault', words: 'number', scale: 'linear' },
    stacked: true,
    series: CHARGED.map((operation) => ({
      name: OPERATION_WORDS[operation],
      values: versions.map(({ extra }) => costOfKind(extra, costs, operation)),
    })),
  };
  return chart;
}

/** Costs of a locked operation that are tried, ns. */
const LOCKED_NS = Array.from({ length: 13 }, (_, i) => i * 5);

function sensitivity(
  versions: readonly VersionCost[],
  { costs }: CostedMachine,
  { missShare }: FastpathParams,
): Chart {
  const shown = versions.filter(({ published }) => published !== null);
  const at = (version: VersionCost, locked: number): number =>
    costOf(version.extra, { ...costs, locked }, missShare) / middleNs(version.base);
  const chart: LineChart = {
    kind: 'line',
    id: 'fastpath-sensitivity',
    title: 'How the slow-down depends on a locked operation',
    about: 'The level lines are published: where one crosses its slope, the model would agree with it.',
    x: { title: 'ns for a locked operation', words: 'number', scale: 'linear' },
    y: { title: 'slow-down', words: 'percent', scale: 'linear' },
    series: shown.flatMap((version) => [
      {
        name: `${version.version}, model`,
        points: LOCKED_NS.map((locked) => [locked, at(version, locked)] as const),
      },
      {
        name: `${version.version}, published`,
        points: LOCKED_NS.map((locked) => [locked, (version.published ?? 0) / 100] as const),
      },
    ]),
  };
  return chart;
}

const SHARES = Array.from({ length: 11 }, (_, i) => i / 10);

function contention(versions: readonly VersionCost[], { costs }: CostedMachine): Chart {
  const shown = versions.filter(({ published }) => published !== null);
  const chart: LineChart = {
    kind: 'line',
    id: 'fastpath-contention',
    title: 'When other CPUs fault in the same process',
    about:
      'Flags and mark live in the mm_struct, which all its threads write: now and then a CPU must fetch the line first.',
    x: { title: 'faults that find the line at another CPU', words: 'percent', scale: 'linear' },
    y: { title: 'slow-down', words: 'percent', scale: 'linear' },
    series: shown.map((version) => ({
      name: version.version,
      points: SHARES.map(
        (share) => [share, costOf(version.extra, costs, share) / middleNs(version.base)] as const,
      ),
    })),
  };
  return chart;
}
