/** A thread of a search in several, beside the one that asked for it: makes the engine of the model and searches in the shared memory until all are done. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EngineText } from '../explorer/engine.ts';
import { searchTogether } from '../explorer/shared-search.ts';
import type { SharedSpace } from '../explorer/shared-space.ts';
import { runText } from './run-text.ts';

/** What a thread is started with. */
export interface ThreadJob {
  readonly space: SharedSpace;
  readonly text: EngineText;
  readonly words: Int32Array;
  readonly tables: Readonly<Record<string, ArrayLike<number>>>;
  readonly index: number;
}

const { space, text, words, tables, index } = workerData as ThreadJob;
const engine = runText(text)(words, tables);
parentPort?.postMessage('ready');
searchTogether(space, engine, text, index);
