/** The search as a blob worker of the page runs it: the engine stands before this text. */
import type { EngineText, MakeEngine } from '../src/explorer/engine.ts';
import { searchBytes, searchOn, startSearch } from '../src/explorer/search.ts';

declare global {
  // Set by the text that the engine is written in.
  var limboBenchEngine: MakeEngine;
}

/** What the worker is told to search: as lists, which go from Node to the page as they are. */
export interface BlobJob {
  readonly text: EngineText;
  readonly words: readonly number[];
  readonly tables: readonly (readonly [name: string, values: readonly number[]])[];
}

/** What it found. */
export interface BlobResult {
  readonly states: number;
  readonly seconds: number;
  readonly bytes: number;
}

addEventListener('message', ({ data }: MessageEvent<BlobJob>) => {
  const engine = globalThis.limboBenchEngine(Int32Array.from(data.words), Object.fromEntries(data.tables));
  const started = performance.now();
  const search = startSearch(engine, data.text);
  while (!searchOn(search, 5000));
  const seconds = (performance.now() - started) / 1000;
  const result: BlobResult = { states: search.store.count, seconds, bytes: searchBytes(search) };
  postMessage(result);
});
