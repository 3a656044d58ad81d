import { runInThisContext } from 'node:vm';
import { createMachine, createModel, type ModelSpec } from '../explorer/model.ts';
import {
  type Engine,
  engineText,
  type EngineText,
  type MakeEngine,
  tablesObject,
} from '../explorer/engine.ts';
import { type Search, searchOn, startSearch } from '../explorer/search.ts';

function isMaker(value: unknown): value is MakeEngine {
  return typeof value === 'function';
}

/** Makes the engine of a model in Node: the text that the core wrote is run here. */
export function makeEngine(spec: ModelSpec): { readonly engine: Engine; readonly text: EngineText } {
  const text = engineText(spec);
  const maker: unknown = runInThisContext(text.text, { filename: 'engine.js' });
  if (!isMaker(maker)) throw new Error('the text of an engine gave no function');
  const { words } = createMachine(createModel(spec));
  return { engine: maker(words, tablesObject(spec)), text };
}

export interface SearchOutcome {
  readonly search: Search;
  readonly exhaustive: boolean;
  readonly seconds: number;
}

/** States expanded between two looks at the bound. */
const SLICE = 5000;

/** Searches until nothing is left or `maxStates` are stored. */
export function searchModel(spec: ModelSpec, maxStates: number): SearchOutcome {
  const { engine, text } = makeEngine(spec);
  const started = performance.now();
  const search = startSearch(engine, text);
  let exhaustive = false;
  while (!exhaustive && search.store.count < maxStates) exhaustive = searchOn(search, SLICE);
  return { search, exhaustive, seconds: (performance.now() - started) / 1000 };
}
