import { runInThisContext } from 'node:vm';
import { fewestSwitches, type FewestSwitches } from '../explorer/fewest-switches.ts';
import { checkProgress, type Progress } from '../explorer/liveness.ts';
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
  while (!exhaustive && search.store.count < maxStates) {
    const room = Math.ceil((maxStates - search.store.count) / 8);
    exhaustive = searchOn(search, Math.min(SLICE, room));
  }
  return { search, exhaustive, seconds: (performance.now() - started) / 1000 };
}

/** Whether every fair run ends, or is for ever out of memory. A search of its own. */
export function progressOf(spec: ModelSpec, maxStates: number): Progress {
  return checkProgress(createModel(spec), makeEngine(spec), { maxStates, excuse: 'out-of-memory' });
}

/** Of each property the schedule that breaks it with the fewest switches; null beyond `maxPlaces`. A search of its own. */
export function fewestSwitchesOf(
  spec: ModelSpec,
  properties: readonly string[],
  maxPlaces: number,
): ReadonlyMap<string, FewestSwitches> | null {
  const { engine, text } = makeEngine(spec);
  return fewestSwitches(engine, text, { properties, maxPlaces });
}
