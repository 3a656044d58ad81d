/**
 * `tsx bench/search-node.ts SIZE CORES`: one search in a process that has done nothing else, as `npm run search` makes it: what a bench has loaded
 * before (a bundler, a browser's driver) costs a search a third of its speed.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { searchModel } from '../src/cli/run-engine.ts';
import { searchInThreads } from '../src/cli/run-together.ts';
import { BENCH_SUBJECTS, benchModel, type BenchSubject } from './search-subjects.ts';

/** What a search in Node took: by the clock, and of the processor, all threads counted. */
export interface NodeRun {
  readonly states: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const LIMITS = { maxStates: 1e8, maxBytes: 4e9 };

/** Runs this file in a process of its own. Throws when that fails. */
export function searchInNode({ size }: BenchSubject, cores: number): NodeRun {
  const args = ['tsx', fileURLToPath(import.meta.url), String(size), String(cores)];
  const { stdout, stderr } = spawnSync('npx', args, { encoding: 'utf8' });
  if (!stdout.startsWith('{')) throw new Error(`a search in Node of its own failed: ${stderr}`);
  return JSON.parse(stdout) as NodeRun;
}

async function searchHere(subject: BenchSubject, cores: number): Promise<NodeRun> {
  const spec = benchModel(subject);
  const before = process.cpuUsage();
  const { findings, bytes, seconds } =
    cores === 1 ? searchModel(spec, LIMITS) : await searchInThreads(spec, { workers: cores, limits: LIMITS });
  const { user, system } = process.cpuUsage(before);
  return { states: findings.store.count, bytes, seconds, cpuSeconds: (user + system) / 1e6 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [size, cores] = process.argv.slice(2).map(Number);
  const subject = BENCH_SUBJECTS.find((one) => one.size === size);
  if (subject === undefined || cores === undefined) throw new Error('usage: search-node.ts SIZE CORES');
  console.log(JSON.stringify(await searchHere(subject, cores)));
}
