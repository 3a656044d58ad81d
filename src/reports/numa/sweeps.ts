import type { Axis, LineChart } from '../chart.ts';
import type { Pattern } from './address-stream.ts';
import { costOfLeftBehind, extraOfLeftBehind, steadyTally } from './left-behind.ts';
import { latenciesOf, type NumaParams, PATTERNS, WALK_CACHES, WORKING_SETS } from './params.ts';

const PAGE_BYTES = 4096;
const COST: Axis = { title: 'times slower', words: 'number', scale: 'linear' };
const MORE: Axis = { title: 'cycles an access more', words: 'number', scale: 'linear' };
/** Entries of the second TLB; no more than a run fills several times over before it is measured. */
const TLB_REACHES: readonly number[] = [64, 256, 1024, 4096, 16384, 65536];
/** Patterns whose walks a larger TLB or walk cache could save. */
const SCATTERED: readonly Pattern[] = ['random', 'zipf'];
const RUNS =
  WORKING_SETS.length * PATTERNS.length + (TLB_REACHES.length + WALK_CACHES.length) * SCATTERED.length;

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
    title: 'Cycles that tables left behind add, by TLB reach',
    about:
      'A larger TLB saves first the walks whose entries were in the cache anyway; it must reach a good part of the working set before the far ones become fewer.',
    x: { title: 'reach of the second TLB', words: 'bytes', scale: 'log' },
    y: MORE,
    series: SCATTERED.map((pattern) => ({
      name: pattern,
      points: TLB_REACHES.map((secondTlb) => {
        const tally = tallyOf({ pattern, secondTlb });
        return [secondTlb * PAGE_BYTES, extraOfLeftBehind(tally, latencies)] as const;
      }),
    })),
  };
}

function byWalkCache(params: NumaParams, tallyOf: TallyOf): LineChart {
  const latencies = latenciesOf(params);
  return {
    kind: 'line',
    id: 'numa-by-walk-cache',
    title: 'Cycles that tables left behind add, by walk-cache size',
    about:
      'A walk cache saves reads of upper entries; those are few, and in the data cache anyway, so that little changes.',
    x: { title: 'entries of the PDE cache', words: 'number', scale: 'linear' },
    y: MORE,
    series: SCATTERED.map((pattern) => ({
      name: pattern,
      points: WALK_CACHES.map((walkCache) => {
        const tally = tallyOf({ pattern, walkCache });
        return [walkCache, extraOfLeftBehind(tally, latencies)] as const;
      }),
    })),
  };
}
