import { availableParallelism } from 'node:os';
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
import { type Findings, searchBytes, searchOn, startSearch } from '../explorer/search.ts';
import { searchInThreads } from './run-together.ts';

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

/** Where a search stops at the latest: looked at every few thousand states, so it can be passed by as many. */
export interface SearchLimits {
  readonly maxStates: number;
  /** Of the states seen, how each was reached, and those that wait, with all growing. */
  readonly maxBytes: number;
}

export interface SearchOutcome {
  readonly findings: Findings;
  /** Why it ended; `all`: nothing was left to expand. */
  readonly ending: 'all' | 'states' | 'memory';
  readonly seconds: number;
  readonly bytes: number;
  readonly workers: number;
}

/** States expanded between two looks at the limits. */
const SLICE = 5000;

/** Searches on one core until nothing is left or a limit is met. */
export function searchModel(spec: ModelSpec, { maxStates, maxBytes }: SearchLimits): SearchOutcome {
  const { engine, text } = makeEngine(spec);
  const started = performance.now();
  const search = startSearch(engine, text);
  let ending: SearchOutcome['ending'] | null = null;
  while (ending === null) {
    const room = Math.ceil((maxStates - search.store.count) / 8);
    if (searchOn(search, Math.min(SLICE, room))) ending = 'all';
    else if (search.store.count >= maxStates) ending = 'states';
    else if (searchBytes(search) >= maxBytes) ending = 'memory';
  }
  const seconds = (performance.now() - started) / 1000;
  return { findings: search, ending, seconds, bytes: searchBytes(search), workers: 1 };
}

/** Below this, one core is done before others would have begun. */
const SMALL = 300_000;

/**
 * Searches on several cores over shared memory. Without `workers`, on one core as long as the search is small, then on all that there are, from
 * the beginning. The verdicts, the counts of a whole search and the lengths of the counterexamples do not depend on it.
 */
export async function searchOnCores(
  spec: ModelSpec,
  limits: SearchLimits,
  workers: number | null,
): Promise<SearchOutcome> {
  const cores = Math.min(workers ?? availableParallelism(), MOST_WORKERS);
  if (cores === 1) return searchModel(spec, limits);
  if (workers === null) {
    const alone = searchModel(spec, { ...limits, maxStates: Math.min(limits.maxStates, SMALL) });
    if (alone.ending !== 'states' || limits.maxStates <= SMALL) return alone;
  }
  return searchInThreads(spec, cores, limits);
}

/** As many as the margins of the shared tables are made for. */
export const MOST_WORKERS = 16;

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
