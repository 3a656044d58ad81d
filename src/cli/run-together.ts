import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { type EngineOptions, type EngineText, tablesObject } from '../explorer/engine.ts';
import { createMachine, createModel, type ModelSpec } from '../explorer/model.ts';
import { sharedFindings } from '../explorer/shared-findings.ts';
import { searchTogether } from '../explorer/shared-search.ts';
import {
  createSharedSpace,
  endingOf,
  type SharedBounds,
  sharedBytes,
  type SharedSpace,
} from '../explorer/shared-space.ts';
import { at } from '../lib/at.ts';
import { makeEngine } from './make-engine.ts';
import type { SearchOutcome } from './run-engine.ts';
import type { ThreadJob } from './search-thread.ts';

/**
 * The program of a thread, as one text: a thread does not inherit the loader of TypeScript, and one that loads it for itself comes a second late, which is
 * half of a search of a million states.
 */
function threadText(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./search-thread.ts', import.meta.url))],
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs' },
  });
  return at(outputFiles, 0).text;
}

/** How several threads search. */
export interface ThreadOptions extends EngineOptions {
  readonly workers: number;
  readonly limits: SharedBounds;
  /** Not before all threads are ready: for tests, whose searches would be over by then. */
  readonly waits?: boolean;
}

/**
 * Searches a model in several threads over shared memory: in this one, which is blocked meanwhile, and from when they are ready in the others. Rejects
 * when one of them dies.
 */
export async function searchInThreads(
  spec: ModelSpec,
  { workers, limits, waits = false, ...options }: ThreadOptions,
): Promise<SearchOutcome> {
  const started = performance.now();
  const { engine, text } = makeEngine(spec, options);
  const space = createSharedSpace(workers, text.packing.words, limits);
  const threads = startThreads(spec, space, text);
  const failures: unknown[] = [];
  for (const thread of threads) thread.once('error', (error) => failures.push(error));
  try {
    if (waits) await Promise.all(threads.map((thread) => once(thread, 'message')));
    searchTogether(space, engine, text, 0);
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  if (failures.length > 0) throw new Error('a thread of the search died', { cause: failures[0] });
  const seconds = (performance.now() - started) / 1000;
  const ending = endingOf(space);
  return { findings: sharedFindings(space, text), ending, bytes: sharedBytes(space), seconds, workers };
}

/** All but the first. */
function startThreads(spec: ModelSpec, space: SharedSpace, text: EngineText): readonly Worker[] {
  if (space.workers === 1) return [];
  const program = threadText();
  const { words } = createMachine(createModel(spec));
  return Array.from({ length: space.workers - 1 }, (_, i) => {
    const workerData: ThreadJob = { space, text, words, tables: tablesObject(spec), index: i + 1 };
    return new Worker(program, { eval: true, workerData });
  });
}
