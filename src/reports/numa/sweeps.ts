import type { Axis, LineChart } from '../chart.ts';
import type { Pattern } from './address-stream.ts';
import { costOfLeftBehind, steadyTally } from './left-behind.ts';
import { latenciesOf, type NumaParams, PATTERNS, TLB_SIZES, WALK_CACHES, WORKING_SETS } from './params.ts';

const PAGE_BYTES = 4096;
const COST: Axis = { title: 'times slower', words: 'number', scale: 'linear' };
/** Patterns whose walks a larger TLB or walk cache could save. */
const SCATTERED: readonly Pattern[] = ['random', 'zipf'];
const RUNS =
  WORKING_SETS.length * PATTERNS.length + (TLB_SIZES.length + WALK_CACHES.length) * SCATTERED.length;

/** What the tables left behind cost in the end, by what decides it. `tell` hears the share that is done. */
export function sweepCharts(params: NumaParams, tell: (share: number) => void): readonly LineChart[] {
  let done = 0;
  const tallyOf = (changed: Partial<NumaParams>) => {
    tell(done++ / RUNS);
    return steadyTally({ ...params, ...changed });
  };
  return [byWorkingSet(params, tallyOf), byTlb(params, tallyOf), byWalkCache(params, tallyOf)];
}

type TallyOf = (changed: Partial<NumaParams>) => ReturnType<typeof steadyTally>;

function byWorkingSet(params: NumaParams, tallyOf: TallyOf): LineChart {
  const latencies = latenciesOf(params);
  return {
    kind: 'line',
    id: 'numa-by-working-set',
    title: 'Cost of tables left behind, by working set',
    about: 'While the entries that are used fit into the cache it hardly matters where the tables are.',
    x: { title: 'working set', words: 'bytes', scale: 'log' },
    y: COST,
    series: PATTERNS.map((pattern) => ({
      name: pattern,
      points: WORKING_SETS.map((workingSetBytes) => {
        const tally = tallyOf({ pattern, workingSetBytes });
        return [workingSetBytes, costOfLeftBehind(tally, latencies)] as const;
      }),
    })),
  };
}

function byTlb(params: NumaParams, tallyOf: TallyOf): LineChart {
  const latencies = latenciesOf(params);
  return {
    kind: 'line',
    id: 'numa-by-tlb',
    title: 'Cost of tables left behind, by TLB reach',
    about:
      'Walks are rarer when the TLB reaches further; where accesses are spread evenly over far more, hardly any is saved.',
    x: { title: 'reach of the second TLB', words: 'bytes', scale: 'log' },
    y: COST,
    series: SCATTERED.map((pattern) => ({
      name: pattern,
      points: TLB_SIZES.map((secondTlb) => {
        const tally = tallyOf({ pattern, secondTlb });
        return [secondTlb * PAGE_BYTES, costOfLeftBehind(tally, latencies)] as const;
      }),
    })),
  };
}

function byWalkCache(params: NumaParams, tallyOf: TallyOf): LineChart {
  const latencies = latenciesOf(params);
  return {
    kind: 'line',
    id: 'numa-by-walk-cache',
    title: 'Cost of tables left behind, by walk-cache size',
    about:
      'A walk cache saves reads of upper entries; those are few, and in the data cache anyway, so that little changes.',
    x: { title: 'entries of the PDE cache', words: 'number', scale: 'linear' },
    y: COST,
    series: SCATTERED.map((pattern) => ({
      name: pattern,
      points: WALK_CACHES.map((walkCache) => {
        const tally = tallyOf({ pattern, walkCache });
        return [walkCache, costOfLeftBehind(tally, latencies)] as const;
      }),
    })),
  };
}
