import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type EngineOptions, engineText, tablesObject } from '../explorer/engine.ts';
import { createMachine, createModel, type ModelSpec } from '../explorer/model.ts';
import { sharedFindings } from '../explorer/shared-findings.ts';
import {
  createSharedSpace,
  Ended,
  endingOf,
  type SharedBounds,
  sharedBytes,
  Word,
} from '../explorer/shared-space.ts';
import type { SearchOutcome } from './run-engine.ts';
import type { ThreadJob } from './search-thread.ts';

/** A thread does not inherit the loader of TypeScript: it asks for it itself. */
const THREAD = `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
  .then(({ tsImport }) => tsImport(${JSON.stringify(new URL('./search-thread.ts', import.meta.url).href)}, ${JSON.stringify(import.meta.url)}));`;

/** How several threads search. */
export interface ThreadOptions extends EngineOptions {
  readonly workers: number;
  readonly limits: SharedBounds;
}

/** Searches a model in several threads over shared memory. Rejects when one of them dies. */
export async function searchInThreads(
  spec: ModelSpec,
  { workers, limits, ...options }: ThreadOptions,
): Promise<SearchOutcome> {
  const text = engineText(spec, options);
  const space = createSharedSpace(workers, text.packing.words, limits);
  const { words } = createMachine(createModel(spec));
  const started = performance.now();
  const threads = Array.from({ length: workers }, (_, index) => {
    const workerData: ThreadJob = { space, text, words, tables: tablesObject(spec), index };
    return new Worker(THREAD, { eval: true, workerData });
  });
  try {
    // A thread that dies makes this fail; the others would wait for it for ever.
    await Promise.all(threads.map((thread) => once(thread, 'message')));
  } finally {
    Atomics.compareExchange(space.control, Word.end, Ended.no, Ended.user);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  const seconds = (performance.now() - started) / 1000;
  const ending = endingOf(space);
  return { findings: sharedFindings(space, text), ending, bytes: sharedBytes(space), seconds, workers };
}
