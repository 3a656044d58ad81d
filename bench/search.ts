/**
 * `npm run bench:search [-- --json] [--sizes 1e5,1e6,1e7]`: distinct states a second and bytes a state of the search in Node, in a blob worker of
 * Chromium, on all cores, beside SPIN's `pan -O2` on the exported model of the same world; each after the other, on this machine, now.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { promelaText } from '../src/explorer/promela.ts';
import { missingForSpin, runSpin, type SpinResult } from '../src/cli/spin.ts';
import { openBrowserBench, type BrowserBench } from './search-browser.ts';
import { searchInNode } from './search-node.ts';
import { BENCH_SUBJECTS, benchModel, type BenchSubject } from './search-subjects.ts';

/**
 * One row of the result. `node`, `worker` and `spin` are states a second of processor time (all threads: compiling and collecting
 * garbage too), which the other programs on a machine change little; `wall` the same by the clock. null: not measured here.
 */
interface Measured {
  readonly scenario: string;
  readonly design: string;
  readonly states: number;
  readonly node: number;
  readonly worker: number;
  readonly spin: number | null;
  readonly ratioNode: number | null;
  readonly ratioWorker: number | null;
  readonly bytesPerState: number;
  readonly wall: Readonly<Record<'node' | 'worker' | 'allCores', number>> & { readonly spin: number | null };
  readonly cores: number;
  /** By the clock, all cores against one. */
  readonly scaling: number;
}

const twoPlaces = (value: number): number => Math.round(value * 100) / 100;

async function measure(subject: BenchSubject, browser: BrowserBench): Promise<Measured> {
  const cores = availableParallelism();
  const [alone, together] = [searchInNode(subject, 1), searchInNode(subject, cores)];
  const { states } = alone;
  const spin = missingForSpin() === null ? spinOn(subject, states) : null;
  const worker = await browser.search(benchModel(subject));
  if (worker.states !== states || together.states !== states)
    throw new Error(`${subject.scenario}: the searches do not agree on the number of states`);
  const perSecond = (seconds: number): number => Math.round(states / seconds);
  const ratio = (one: number, other: number): number => twoPlaces(one / other);
  return {
    ...{ scenario: subject.scenario, design: subject.design, states, cores },
    node: perSecond(alone.cpuSeconds),
    worker: perSecond(worker.cpuSeconds),
    spin: spin === null ? null : perSecond(spin.cpuSeconds),
    ratioNode: spin === null ? null : ratio(spin.cpuSeconds, alone.cpuSeconds),
    ratioWorker: spin === null ? null : ratio(spin.cpuSeconds, worker.cpuSeconds),
    bytesPerState: twoPlaces(alone.bytes / states),
    wall: {
      node: perSecond(alone.seconds),
      worker: perSecond(worker.seconds),
      allCores: perSecond(together.seconds),
      spin: spin === null ? null : perSecond(spin.seconds),
    },
    scaling: ratio(alone.seconds, together.seconds),
  };
}

/** Throws when SPIN finds another number of states. */
function spinOn(subject: BenchSubject, states: number): SpinResult {
  const found = runSpin(promelaText(benchModel(subject)), {
    optimise: '-O2',
    tableBits: subject.spinBits,
  });
  // From a million on pan prints seven digits or fewer.
  if (Math.abs(found.states - states) > states * 1e-6)
    throw new Error(`${subject.scenario}: SPIN found ${String(found.states)} states, we ${String(states)}`);
  return found;
}

function inWords(m: Measured): string {
  const k = (value: number): string => `${String(Math.round(value / 1000))} k`;
  const against = (ratio: number | null): string => (ratio === null ? '' : ` (${String(ratio)} x SPIN)`);
  const spin = (value: number | null): string => (value === null ? 'not installed' : k(value));
  return `${m.scenario}, ${m.design}: ${String(m.states)} states, ${String(m.bytesPerState)} bytes each
  a second of the processor: Node ${k(m.node)}${against(m.ratioNode)}; Chromium’s worker ${k(m.worker)}${against(m.ratioWorker)}; SPIN ${spin(m.spin)}
  by the clock: Node ${k(m.wall.node)}; worker ${k(m.wall.worker)}; SPIN ${spin(m.wall.spin)}; ${String(m.cores)} cores ${k(m.wall.allCores)} (${String(m.scaling)} x one)`;
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, sizes: { type: 'string', default: '1e5,1e6,1e7' } },
});
const wanted = values.sizes.split(',').map(Number);
const subjects = BENCH_SUBJECTS.filter(({ size }) => wanted.includes(size));
if (subjects.length !== wanted.length)
  throw new Error(
    `--sizes takes some of ${BENCH_SUBJECTS.map(({ size }) => size.toExponential(0)).join(', ')}`,
  );

const browser = await openBrowserBench();
const sizes: Measured[] = [];
try {
  for (const subject of subjects) {
    const row = await measure(subject, browser);
    sizes.push(row);
    if (!values.json) console.log(inWords(row));
  }
} finally {
  await browser.close();
}
const load = twoPlaces(loadavg()[0] ?? 0);
if (values.json) console.log(JSON.stringify({ sizes, load }));
else console.log(`Load average at the end: ${String(load)}. Each figure is one run.`);
