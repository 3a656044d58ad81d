/**
 * `npm run bench:search [-- --json] [--sizes 1e5,1e6,1e7] [--runs 1]`: distinct states a second and bytes a state of the search in Node, in a blob
 * worker of Chromium, on all cores, beside SPIN's `pan -O2` on the exported model of the same world; each after the other, on this machine, now. Of
 * several runs the median of each figure counts, and of the ratios the least and the greatest are told, too.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { promelaText } from '../src/explorer/promela.ts';
import { missingForSpin, runSpin, type SpinResult } from '../src/cli/spin.ts';
import { openBrowserBench, type BrowserBench } from './search-browser.ts';
import { searchInNode } from './search-node.ts';
import { inWords, type OneRun, rowOf, type SearchRow } from './search-row.ts';
import { BENCH_SUBJECTS, benchModel, type BenchSubject } from './search-subjects.ts';

async function runOnce(subject: BenchSubject, browser: BrowserBench): Promise<OneRun> {
  const [node, together] = [searchInNode(subject, 1), searchInNode(subject, availableParallelism())];
  const { states, bytes } = node;
  const spin = missingForSpin() === null ? spinOn(subject, states) : null;
  const worker = await browser.search(benchModel(subject));
  if (worker.states !== states || together.states !== states)
    throw new Error(`${subject.scenario}: the searches do not agree on the number of states`);
  return { states, bytes, node, worker, spin, together };
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

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '1e5,1e6,1e7' },
    runs: { type: 'string', default: '1' },
  },
});
const wanted = values.sizes.split(',').map(Number);
const subjects = BENCH_SUBJECTS.filter(({ size }) => wanted.includes(size));
if (subjects.length !== wanted.length)
  throw new Error(
    `--sizes takes some of ${BENCH_SUBJECTS.map(({ size }) => size.toExponential(0)).join(', ')}`,
  );

const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number from 1');

const browser = await openBrowserBench();
const sizes: SearchRow[] = [];
try {
  for (const subject of subjects) {
    const measured: OneRun[] = [];
    for (let run = 0; run < runs; run++) measured.push(await runOnce(subject, browser));
    const row = rowOf(subject, measured, availableParallelism());
    sizes.push(row);
    if (!values.json) console.log(inWords(row));
  }
} finally {
  await browser.close();
}
const load = Math.round((loadavg()[0] ?? 0) * 100) / 100;
if (values.json) console.log(JSON.stringify({ sizes, load }));
else
  console.log(
    `Load average at the end: ${String(load)}. ${runs === 1 ? 'Each figure is one run.' : `Medians of ${String(runs)} runs.`}`,
  );
