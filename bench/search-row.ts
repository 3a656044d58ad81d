import type { SpinResult } from '../src/cli/spin.ts';
import type { BenchSubject } from './search-subjects.ts';

interface Took {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** What every search of one subject took, one after the other. */
export interface OneRun {
  readonly states: number;
  readonly bytes: number;
  readonly node: Took;
  readonly worker: Took;
  readonly together: Took;
  /** null: not installed here. */
  readonly spin: SpinResult | null;
}

/** Least and greatest of several runs. */
type Range = readonly [least: number, most: number];

/**
 * One row of the result. `node`, `worker` and `spin` are states a second of processor time (all threads: compiling and collecting
 * garbage too), which the other programs on a machine change little; `wall` the same by the clock. null: not measured here.
 */
export interface SearchRow {
  readonly scenario: string;
  readonly design: string;
  readonly states: number;
  readonly runs: number;
  readonly node: number;
  readonly worker: number;
  readonly spin: number | null;
  readonly ratioNode: number | null;
  readonly ratioWorker: number | null;
  readonly rangeNode: Range | null;
  readonly rangeWorker: Range | null;
  readonly bytesPerState: number;
  readonly wall: Readonly<Record<'node' | 'worker' | 'allCores', number>> & { readonly spin: number | null };
  readonly cores: number;
  /** By the clock, all cores against one. */
  readonly scaling: number;
  readonly rangeScaling: Range;
}

/** The median of one or more numbers; of an even count the mean of the two in the middle. Throws for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('the median of nothing');
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? NaN, sorted[sorted.length >> 1] ?? NaN];
  return (low + high) / 2;
}

/** Runs of one subject as a row: the median of each figure, ratios run by run. Throws for none. */
export function rowOf({ scenario, design }: BenchSubject, runs: readonly OneRun[], cores: number): SearchRow {
  const over = (one: (run: OneRun) => number): number => median(runs.map(one));
  const rate = (seconds: (run: OneRun) => number): number =>
    Math.round(over((run) => run.states / seconds(run)));
  const spins = runs.flatMap(({ spin, ...run }) => (spin === null ? [] : [{ ...run, spin }]));
  const against = (who: 'node' | 'worker'): readonly number[] =>
    spins.map((run) => run.spin.cpuSeconds / run[who].cpuSeconds);
  const spinRate = (took: keyof Took): number | null =>
    spins.length === 0 ? null : Math.round(median(spins.map(({ states, spin }) => states / spin[took])));
  const scaling = runs.map(({ node, together }) => node.seconds / together.seconds);
  return {
    ...{ scenario, design, cores, states: over(({ states }) => states), runs: runs.length },
    node: rate(({ node }) => node.cpuSeconds),
    worker: rate(({ worker }) => worker.cpuSeconds),
    spin: spinRate('cpuSeconds'),
    ...{ ratioNode: middle(against('node')), ratioWorker: middle(against('worker')) },
    ...{ rangeNode: rangeOf(against('node')), rangeWorker: rangeOf(against('worker')) },
    bytesPerState: twoPlaces(over(({ bytes, states }) => bytes / states)),
    wall: {
      node: rate(({ node }) => node.seconds),
      worker: rate(({ worker }) => worker.seconds),
      allCores: rate(({ together }) => together.seconds),
      spin: spinRate('seconds'),
    },
    scaling: twoPlaces(median(scaling)),
    rangeScaling: [twoPlaces(Math.min(...scaling)), twoPlaces(Math.max(...scaling))],
  };
}

function middle(values: readonly number[]): number | null {
  return values.length === 0 ? null : twoPlaces(median(values));
}

function rangeOf(values: readonly number[]): Range | null {
  return values.length === 0 ? null : [twoPlaces(Math.min(...values)), twoPlaces(Math.max(...values))];
}

function twoPlaces(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A row as two lines for people. */
export function inWords(m: SearchRow): string {
  const k = (value: number): string => `${String(Math.round(value / 1000))} k`;
  const spread = (range: Range | null): string =>
    range === null || m.runs === 1 ? '' : `, ${String(range[0])} to ${String(range[1])}`;
  const against = (ratio: number | null, range: Range | null): string =>
    ratio === null ? '' : ` (${String(ratio)} x SPIN${spread(range)})`;
  const spin = (value: number | null): string => (value === null ? 'not installed' : k(value));
  return `${m.scenario}, ${m.design}: ${String(m.states)} states, ${String(m.bytesPerState)} bytes each
  a second of the processor: Node ${k(m.node)}${against(m.ratioNode, m.rangeNode)}; Chromium’s worker ${k(m.worker)}${against(m.ratioWorker, m.rangeWorker)}; SPIN ${spin(m.spin)}
  by the clock: Node ${k(m.wall.node)}; worker ${k(m.wall.worker)}; SPIN ${spin(m.wall.spin)}; ${String(m.cores)} cores ${k(m.wall.allCores)} (${String(m.scaling)} x one${spread(m.rangeScaling)})`;
}
