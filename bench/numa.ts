/**
 * `npx tsx bench/numa.ts`: charged accesses of the NUMA report's simulation, in Node and in a worker of Chromium, each pattern in a
 * process or worker that has done nothing else. `cpu` is processor time, which other programs on the machine change less than the clock.
 * Nothing is asserted.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Pattern } from '../src/reports/numa/address-stream.ts';
import { answerOf, openBlobPage, workerText } from './blob-page.ts';
import { NUMA_PATTERNS, type NumaTiming, timeAccesses } from './numa-cases.ts';

const [alone] = process.argv.slice(2);
const pattern = NUMA_PATTERNS.find((one) => one === alone);
if (pattern === undefined) await all();
else console.log(JSON.stringify(inNode(pattern)));

function inNode(one: Pattern) {
  const before = process.cpuUsage();
  const timing = timeAccesses(one);
  return { ...timing, cpu: process.cpuUsage(before).user / 1e6 };
}

async function all(): Promise<void> {
  const code = await workerText('./numa-blob.ts');
  const { page, used, close } = await openBlobPage();
  try {
    for (const one of NUMA_PATTERNS) {
      const { stdout } = spawnSync('npx', ['tsx', fileURLToPath(import.meta.url), one], { encoding: 'utf8' });
      const before = await used();
      const timing = await answerOf<NumaTiming>(page, code, one);
      const worker = { ...timing, cpu: (await used()) - before };
      console.log(JSON.stringify({ pattern: one, node: JSON.parse(stdout) as unknown, worker }));
    }
  } finally {
    await close();
  }
}
