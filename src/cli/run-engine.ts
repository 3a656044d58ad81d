import { availableParallelism } from 'node:os';
import { fewestSwitches, type FewestSwitches } from '../explorer/fewest-switches.ts';
import { checkProgress, type Progress } from '../explorer/liveness.ts';
import { createModel, type ModelSpec } from '../explorer/model.ts';
import { type Findings, searchBytes, searchOn, startSearch } from '../explorer/search.ts';
import { MOST_WORKERS } from '../explorer/shared-space.ts';
import { PROGRESS_EXCUSE } from '../reports/verdicts.ts';
import { makeEngine } from './make-engine.ts';
import { searchInThreads } from './run-together.ts';

/** Where a search stops at the latest: looked at every few thousand states, so it can be passed by as many. */
export interface SearchLimits {
  readonly maxStates: number;
  /** Of the states seen, how each was reached, and those that wait, with all growing. */
  readonly maxBytes: number;
}

export interface SearchOutcome {
  readonly findings: Findings;
  /** Why it ended; `all`: nothing was left to expand; `enough`: what it was asked for was found. */
  readonly ending: 'all' | 'states' | 'memory' | 'enough' | 'user';
  readonly seconds: number;
  readonly bytes: number;
  readonly workers: number;
}

export interface SearchOptions {
  readonly reduce?: boolean;
  readonly isEnough?: (findings: Findings) => boolean;
}

/** States expanded between two looks at the limits. */
const SLICE = 5000;

/** Searches on one core until nothing is left, a limit is met, or `isEnough`. */
export function searchModel(
  spec: ModelSpec,
  { maxStates, maxBytes }: SearchLimits,
  { reduce = false, isEnough = () => false }: SearchOptions = {},
): SearchOutcome {
  const { engine, text } = makeEngine(spec, { reduce });
  const started = performance.now();
  const search = startSearch(engine, text);
  let ending: SearchOutcome['ending'] | null = null;
  while (ending === null) {
    const room = Math.ceil((maxStates - search.store.count) / 8);
    if (searchOn(search, Math.min(SLICE, room))) ending = 'all';
    else if (search.store.count >= maxStates) ending = 'states';
    else if (searchBytes(search) >= maxBytes) ending = 'memory';
    else if (isEnough(search)) ending = 'enough';
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
  { workers, reduce }: { readonly workers: number | null; readonly reduce: boolean },
): Promise<SearchOutcome> {
  const cores = Math.min(workers ?? availableParallelism(), MOST_WORKERS);
  if (cores === 1) return searchModel(spec, limits, { reduce });
  if (workers === null) {
    const few = { ...limits, maxStates: Math.min(limits.maxStates, SMALL) };
    const alone = searchModel(spec, few, { reduce });
    if (alone.ending !== 'states' || limits.maxStates <= SMALL) return alone;
  }
  return searchInThreads(spec, { workers: cores, limits, reduce });
}

/**
 * Shortest schedules of properties that a reduced search found broken: all states again, breadth first, until each was found; that is at
 * the depth at which the reduction found it or before. Of those that the limits did not let it find there is none.
 */
export function shortestAgain(
  spec: ModelSpec,
  limits: SearchLimits,
  properties: readonly string[],
): SearchOutcome {
  const isEnough = ({ violations }: Findings): boolean => properties.every((id) => violations.has(id));
  return searchModel(spec, limits, { isEnough });
}

/** Whether every fair run ends, or is for ever out of memory. A search of its own. */
export function progressOf(spec: ModelSpec, limits: SearchLimits): Progress {
  return checkProgress(createModel(spec), makeEngine(spec), { ...limits, excuse: PROGRESS_EXCUSE });
}

/** Of each property the schedule that breaks it with the fewest switches; null beyond the limits. A search of its own. */
export function fewestSwitchesOf(
  spec: ModelSpec,
  properties: readonly string[],
  { maxStates, maxBytes }: SearchLimits,
): ReadonlyMap<string, FewestSwitches> | null {
  const { engine, text } = makeEngine(spec);
  return fewestSwitches(engine, text, { properties, maxPlaces: maxStates, maxBytes });
}
