import type { Pattern } from '../src/reports/numa/address-stream.ts';
import { memoryReferences } from '../src/reports/numa/cycles.ts';
import { NUMA_DEFAULTS, shapeOf } from '../src/reports/numa/params.ts';
import { ALL_HERE, createSimulation, emptyTally, simulate } from '../src/reports/numa/simulate.ts';

const COUNT = 10_000_000;
const PAGES = 2 ** 20;
export const NUMA_PATTERNS: readonly Pattern[] = ['sequential', 'zipf', 'random'];

/** 10^7 accesses to 4 GiB by the clock, and how many references to tables and data were charged for them. */
export interface NumaTiming {
  readonly accesses: number;
  readonly references: number;
  readonly seconds: number;
}

export function timeAccesses(pattern: Pattern): NumaTiming {
  const sim = createSimulation(shapeOf(NUMA_DEFAULTS), { pattern, pages: PAGES, seed: 1 });
  simulate(sim, { count: COUNT / 20, placement: ALL_HERE, tally: emptyTally() });
  const tally = emptyTally();
  const started = performance.now();
  simulate(sim, { count: COUNT, placement: ALL_HERE, tally });
  const seconds = (performance.now() - started) / 1000;
  const references = memoryReferences(tally) + tally.walkCached + tally.dataCached;
  return { accesses: tally.accesses, references, seconds };
}
