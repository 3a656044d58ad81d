import { cyclesPerAccess, type Latencies } from './cycles.ts';
import { type NumaParams, programOf, shapeOf } from './params.ts';
import {
  ALL_HERE,
  createSimulation,
  emptyTally,
  LINE_BYTES,
  type Placement,
  simulate,
  type Tally,
} from './simulate.ts';

const WARM_UP = 400_000;
const MEASURED = 150_000;

/** Where all lines fit into the cache, each must have been there once. */
function warmUp({ workingSetBytes, cacheBytes }: NumaParams): number {
  return workingSetBytes <= cacheBytes ? Math.max(WARM_UP, (4 * workingSetBytes) / LINE_BYTES) : WARM_UP;
}

/** What a process does when its caches are as full as they get, in one placement. */
export function steadyTally(params: NumaParams, placement: Placement = ALL_HERE): Tally {
  const sim = createSimulation(shapeOf(params), programOf(params));
  simulate(sim, { count: warmUp(params), placement, tally: emptyTally() });
  const tally = emptyTally();
  simulate(sim, { count: MEASURED, placement, tally });
  return tally;
}

/** The same accesses, were all tables on another node: what hits does not change, only how far the rest goes. */
export function withTablesAway(tally: Tally): Tally {
  return { ...tally, walkLocal: 0, walkRemote: tally.walkLocal + tally.walkRemote };
}

/** The same accesses, were all tables on this node. */
export function withTablesHere(tally: Tally): Tally {
  return { ...tally, walkLocal: tally.walkLocal + tally.walkRemote, walkRemote: 0 };
}

/** How many times slower it is with its tables left on another node than with all tables here; 1 or more. */
export function costOfLeftBehind(tally: Tally, latencies: Latencies): number {
  return (
    cyclesPerAccess(withTablesAway(tally), latencies) / cyclesPerAccess(withTablesHere(tally), latencies)
  );
}

/** Cycles that each access takes longer because of tables left on another node; 0 or more. */
export function extraOfLeftBehind(tally: Tally, latencies: Latencies): number {
  return (
    cyclesPerAccess(withTablesAway(tally), latencies) - cyclesPerAccess(withTablesHere(tally), latencies)
  );
}

/** Data and tables on all nodes as they came, against a copy of the tables on each node; 1 or more. */
export function gainOfReplicas(params: NumaParams, latencies: Latencies): number {
  const spread = steadyTally(params, { ...ALL_HERE, tables: 'spread', spreadData: true });
  return cyclesPerAccess(spread, latencies) / cyclesPerAccess(withTablesHere(spread), latencies);
}
