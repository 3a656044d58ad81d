/** `npx tsx bench/numa.ts`: charged accesses a second of the NUMA report's simulation. Nothing is asserted. */
import type { Pattern } from '../src/reports/numa/address-stream.ts';
import { memoryReferences } from '../src/reports/numa/cycles.ts';
import { NUMA_DEFAULTS, shapeOf } from '../src/reports/numa/params.ts';
import { ALL_HERE, createSimulation, emptyTally, simulate } from '../src/reports/numa/simulate.ts';

const COUNT = 10_000_000;
const PAGES = 2 ** 20;

/** Wall and own CPU time of 10^7 accesses to 4 GiB, and how many references were charged for them. */
function bench(pattern: Pattern) {
  const sim = createSimulation(shapeOf(NUMA_DEFAULTS), { pattern, pages: PAGES, seed: 1 });
  simulate(sim, { count: COUNT / 20, placement: ALL_HERE, tally: emptyTally() });
  const tally = emptyTally();
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  simulate(sim, { count: COUNT, placement: ALL_HERE, tally });
  const seconds = (performance.now() - started) / 1000;
  return {
    pattern,
    accesses: tally.accesses,
    references: memoryReferences(tally) + tally.walkCached + tally.dataCached,
    seconds: Math.round(seconds * 100) / 100,
    cpuSeconds: Math.round(process.cpuUsage(cpu).user / 10_000) / 100,
  };
}

console.log(JSON.stringify((['sequential', 'zipf', 'random'] as const).map(bench), null, 2));
