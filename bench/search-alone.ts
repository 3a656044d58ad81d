/** One search in a process that does nothing else, for `searchInNode`: `node BUNDLE SIZE CORES`, where BUNDLE is made of this. */
import { searchModel } from '../src/cli/run-engine.ts';
import { searchInThreads } from '../src/cli/run-together.ts';
import type { NodeRun } from './search-node.ts';
import { BENCH_SUBJECTS, benchModel, type BenchSubject } from './search-subjects.ts';

const LIMITS = { maxStates: 1e8, maxBytes: 4e9 };

async function searchHere(subject: BenchSubject, cores: number): Promise<NodeRun> {
  const spec = benchModel(subject);
  const before = process.cpuUsage();
  const { findings, bytes, seconds } =
    cores === 1 ? searchModel(spec, LIMITS) : await searchInThreads(spec, { workers: cores, limits: LIMITS });
  const { user, system } = process.cpuUsage(before);
  return { states: findings.store.count, bytes, seconds, cpuSeconds: (user + system) / 1e6 };
}

const [size, cores] = process.argv.slice(2).map(Number);
const subject = BENCH_SUBJECTS.find((one) => one.size === size);
if (subject === undefined || cores === undefined) throw new Error('usage: node BUNDLE SIZE CORES');
console.log(JSON.stringify(await searchHere(subject, cores)));
