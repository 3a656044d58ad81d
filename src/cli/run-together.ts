import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type EngineOptions, type EngineText, tablesObject } from '../explorer/engine.ts';
import { firstWords } from '../explorer/first-words.ts';
import type { ModelSpec } from '../explorer/model.ts';
import { sharedFindings } from '../explorer/shared-findings.ts';
import { searchTogether } from '../explorer/shared-search.ts';
import {
  createSharedSpace,
  endingOf,
  hasFailed,
  type SharedBounds,
  sharedBytes,
  type SharedSpace,
} from '../explorer/shared-space.ts';
import { at } from '../lib/at.ts';
import { makeEngine } from './make-engine.ts';
import type { SearchOutcome } from './run-engine.ts';
import type { ThreadJob } from './search-thread.ts';
import type { WatchJob, WatchReport } from './search-watch.ts';

/**
 * The programs of a thread and of what watches the threads, each as one text: a thread does not inherit the loader of TypeScript, and one that loads it
 * for itself comes a second late, which is half of a search of a million states. A search on one core does without the bundler.
 */
async function programs(): Promise<{ readonly thread: string; readonly watch: string }> {
  const { buildSync } = await import('esbuild');
  const [thread, watch] = ['./search-thread.ts', './search-watch.ts'].map((name) => {
    const { outputFiles } = buildSync({
      entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
      ...{ bundle: true, write: false, platform: 'node', format: 'cjs' },
    });
    return at(outputFiles, 0).text;
  });
  return { thread: thread ?? '', watch: watch ?? '' };
}

/** How several threads search. */
export interface ThreadOptions extends EngineOptions {
  readonly workers: number;
  readonly limits: SharedBounds;
  /** Not before all threads are ready: for tests, whose searches would be over by then. */
  readonly waits?: boolean;
  /** What the other threads run in place of the engine: for tests, in which one is to die. */
  readonly othersRun?: (text: EngineText) => EngineText;
}

/** A thread of a search died; `message` says so in whole sentences. Nothing is known then: neither that a property holds nor that it fails. */
export class SearchDied extends Error {}

/**
 * Searches a model in several threads over shared memory: in this one, which is blocked meanwhile, and from when they are ready in the others. Rejects
 * with SearchDied when one of them dies, however that comes about: what it had taken is not searched, so nothing can be said.
 */
export async function searchInThreads(
  spec: ModelSpec,
  { workers, limits, waits = false, othersRun = (text) => text, ...options }: ThreadOptions,
): Promise<SearchOutcome> {
  const started = performance.now();
  const { engine, text } = makeEngine(spec, options);
  const space = createSharedSpace(workers, text.packing.words, limits);
  const watch = workers === 1 ? null : await startThreads(spec, space, othersRun(text));
  const reports = watch === null ? null : reportsOf(watch);
  try {
    if (waits) await Promise.race([reports?.ready, reports?.died]);
    searchTogether(space, engine, text, 0);
    // The search is abandoned only after it was told why.
    if (hasFailed(space)) throw new SearchDied(await reports?.died);
  } finally {
    await watch?.terminate();
  }
  const seconds = (performance.now() - started) / 1000;
  const ending = endingOf(space);
  return { findings: sharedFindings(space, text), ending, bytes: sharedBytes(space), seconds, workers };
}

/** What is told of the threads: each promise is settled when it is. */
function reportsOf(watch: Worker) {
  const told = <T>(take: (report: WatchReport) => T | null): Promise<T> =>
    new Promise((resolve) => {
      watch.on('message', (report: WatchReport) => {
        const taken = take(report);
        if (taken !== null) resolve(taken);
      });
    });
  return {
    ready: told((report) => (report.kind === 'ready' ? report : null)),
    died: told((report) =>
      report.kind === 'died'
        ? `A thread of the search died: ${report.why}. What it had taken was not searched, so there is no verdict. Search again.`
        : null,
    ),
  };
}

/** All but the first, under one that watches them. */
async function startThreads(spec: ModelSpec, space: SharedSpace, text: EngineText): Promise<Worker> {
  const { thread, watch } = await programs();
  const words = firstWords(spec);
  const tables = tablesObject(spec);
  const jobs = Array.from({ length: space.workers - 1 }, (_, i): ThreadJob => ({
    ...{ space, text, words, tables, index: i + 1 },
  }));
  const workerData: WatchJob = { program: thread, jobs };
  return new Worker(watch, { eval: true, workerData });
}
