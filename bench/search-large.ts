/**
 * `tsx bench/search-large.ts [--size 1e8] [--max-memory MB]`: the largest subject in Node on one core, until it is done or the memory that is allowed is used
 * up: states, bytes a state, the most that was resident, the longest time that a small slice of the search took, growing and compiling included, and
 * how long growing takes alone, table by table, at the size that was reached.
 */
import { parseArgs } from 'node:util';
import { at } from '../src/lib/at.ts';
import { grownShard } from '../src/explorer/fingerprint-table.ts';
import { makeEngine } from '../src/cli/make-engine.ts';
import { searchBytes, searchOn, startSearch } from '../src/explorer/search.ts';
import { BENCH_SUBJECTS, benchModel } from './search-subjects.ts';

/** States expanded in a slice: some milliseconds of work. */
const SLICE = 500;

/** Milliseconds that something took, by the clock and of the processor; the clock also counts when others had it. */
function timed<T>(act: () => T): { readonly result: T; readonly wallMs: number; readonly cpuMs: number } {
  const [cpu, wall] = [process.cpuUsage(), performance.now()];
  const result = act();
  const { user, system } = process.cpuUsage(cpu);
  return { result, wallMs: performance.now() - wall, cpuMs: (user + system) / 1000 };
}

/** Milliseconds of the clock that each table of fingerprints would take to grow once more; sorted. */
function growthsMs(shards: readonly Int32Array[]): readonly number[] {
  return shards.map((old) => timed(() => grownShard(old)).wallMs).toSorted((a, b) => a - b);
}

const { values } = parseArgs({
  options: { 'max-memory': { type: 'string', default: '2000' }, size: { type: 'string', default: '1e8' } },
});
const subject = BENCH_SUBJECTS.find(({ size }) => size === Number(values.size));
if (subject === undefined) throw new Error(`there is no subject of ${values.size} states`);
const { engine, text } = makeEngine(benchModel(subject));
const search = startSearch(engine, text);
const maxBytes = Number(values['max-memory']) * 1e6;
let [longestMs, longestCpuMs] = [0, 0];
const whole = timed(() => {
  for (;;) {
    const { result, wallMs, cpuMs } = timed(() => searchOn(search, SLICE));
    // Compiling and collecting run beside the search: what it waited for itself is no longer than either.
    if (Math.min(wallMs, cpuMs) > Math.min(longestMs, longestCpuMs))
      [longestMs, longestCpuMs] = [wallMs, cpuMs];
    if (result) return true;
    if (searchBytes(search) >= maxBytes) return false;
  }
});
const { count } = search.store;
const growths = growthsMs(search.store.shards);
const violated = [...search.violations.keys()].toSorted().join(', ') || 'nothing';
console.log(`${subject.scenario}, ${subject.design}: ${whole.result ? 'all' : `stopped at ${values['max-memory']} MB:`} ${String(count)} states, ${String(search.transitions)} transitions, depth ${String(search.depth - (whole.result ? 0 : 1))} complete; broken: ${violated}
  ${(searchBytes(search) / count).toFixed(1)} bytes a state, ${String(Math.round(process.resourceUsage().maxRSS / 1024))} MB resident at most
  ${String(Math.round(count / whole.cpuMs))} k states a second of the processor, ${String(Math.round(count / whole.wallMs))} k by the clock
  longest slice of ${String(SLICE)} states, growing included: ${longestMs.toFixed(0)} ms by the clock, ${longestCpuMs.toFixed(0)} ms of the processor
  growing alone, each of ${String(growths.length)} tables: ${at(growths, growths.length >> 1).toFixed(1)} ms by the clock, at most ${at(growths, growths.length - 1).toFixed(1)} ms`);
