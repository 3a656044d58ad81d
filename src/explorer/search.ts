import { at } from '../lib/at.ts';
import type { Engine, EngineText } from './engine.ts';
import {
  addFingerprint,
  createFingerprintTable,
  type FingerprintTable,
  tableBytes,
  warm,
} from './fingerprint-table.ts';
import {
  blockOfNext,
  blockToFill,
  createFrontier,
  type Frontier,
  frontierBytes,
  nextLevel,
  placeToFill,
  takeNext,
} from './frontier.ts';
import { createParentLog, logBytes, logState, moveOf, movesTo, type ParentLog } from './parent-log.ts';
import type { Move } from './run.ts';
import { OUT_ROOM, SUCCESSOR } from './successor.ts';

/** Where a property was broken: id of the state before, and the action that did it (-1: the state itself, a deadlock). */
export interface Broken {
  readonly state: number;
  readonly action: number;
}

/** What a search found so far, by one worker or several. */
export interface Findings {
  readonly text: EngineText;
  readonly store: { readonly count: number };
  readonly log: ParentLog;
  /** Distance of the states now expanded from the first, in steps. */
  readonly depth: number;
  readonly transitions: number;
  /** By property. */
  readonly violations: ReadonlyMap<string, Broken>;
  /** Moments, as a mask by the numbers of the text. */
  readonly reached: number;
  /** States where everything was finished. */
  readonly ends: number;
}

/** A search under way: breadth first, so that what it finds first is shortest. */
export interface Search extends Findings {
  readonly engine: Engine;
  readonly store: FingerprintTable;
  readonly frontier: Frontier;
  /** By successor in the engine's `out`: the id of the state that it comes from. */
  readonly from: Uint32Array;
  /** Numbers of a successor in `out`. */
  readonly stride: number;
  depth: number;
  transitions: number;
  readonly violations: Map<string, Broken>;
  reached: number;
  ends: number;
  /** Properties already known to be broken, as a mask by the numbers of the text. */
  noted: number;
  /** What `warm` read: kept, so that reading is not left out. */
  warmth: number;
}

/** A search that stands at the engine's first state. */
export function startSearch(engine: Engine, text: EngineText): Search {
  const search: Search = {
    engine,
    text,
    store: createFingerprintTable(),
    log: createParentLog(),
    frontier: createFrontier(text.packing.words),
    from: new Uint32Array(OUT_ROOM + text.mostSuccessors),
    stride: SUCCESSOR + text.packing.words,
    depth: 0,
    transitions: 0,
    violations: new Map(),
    reached: 0,
    ends: 0,
    noted: 0,
    warmth: 0,
  };
  engine.start(true);
  const { out } = engine;
  addFingerprint(search.store, at(out, 0), at(out, 1));
  keep(search, 0, 0);
  nextLevel(search.frontier);
  return search;
}

/** Expands up to `budget` states. True when there is nothing left to expand. */
export function searchOn(search: Search, budget: number): boolean {
  for (let left = budget; left > 0;) {
    const { taken } = search.frontier;
    const successors = expandSome(search, left);
    left -= search.frontier.taken - taken;
    const broken = addAll(search, successors);
    if ((broken & ~search.noted) !== 0) noteBroken(search, successors);
    if (search.frontier.taken < search.frontier.nowCount) continue;
    if (!nextLevel(search.frontier)) return true;
    search.depth += 1;
  }
  return false;
}

/** Expands states of this level while their successors have room; gives the number of successors. */
function expandSome(search: Search, most: number): number {
  const { engine, frontier, from } = search;
  let k = 0;
  for (let left = most; left > 0 && k < OUT_ROOM; left--) {
    const block = blockOfNext(frontier);
    if (block === null) break;
    const place = takeNext(frontier);
    const id = block[place] ?? 0;
    const expanded = engine.expand(block, place + 1, k);
    const next = expanded >>> 2;
    while (k < next) from[k++] = id;
    if ((expanded & 3) !== 0) noteEnd(search, id, expanded & 3);
  }
  return k;
}

function noteEnd(search: Search, state: number, kind: number): void {
  if (kind === 1) search.ends += 1;
  else if (!search.violations.has('no-deadlock')) search.violations.set('no-deadlock', { state, action: -1 });
}

/** Keeps the successors that are new. Gives the properties that some of them broke, and notes the moments that they reached. */
function addAll(search: Search, successors: number): number {
  const { engine, store, from, stride } = search;
  const { out } = engine;
  let [broken, reached] = [0, 0];
  search.warmth ^= warm(store, out, stride, successors);
  for (let k = 0, q = 0; k < successors; k++, q += stride) {
    broken |= out[q + 3] ?? 0;
    reached |= out[q + 4] ?? 0;
    if (addFingerprint(store, out[q] ?? 0, out[q + 1] ?? 0)) keep(search, q, from[k] ?? 0);
  }
  search.reached |= reached;
  search.transitions += successors + at(engine.tally, 0);
  engine.tally[0] = 0;
  return broken;
}

/** Gives the successor at `out[q ...]` an id, and lets it wait for the next level. */
function keep({ engine, log, frontier }: Search, q: number, parent: number): void {
  const id = logState(log, parent, engine.out[q + 2] ?? 0);
  const block = blockToFill(frontier);
  const place = placeToFill(frontier);
  block[place] = id;
  engine.copy(q, block, place + 1);
}

/** Notes the first of these successors that broke each property which was not known to be broken. */
function noteBroken(search: Search, successors: number): void {
  const { engine, from, stride } = search;
  for (let k = 0; k < successors; k++) {
    const q = k * stride;
    const violated = at(engine.out, q + 3) & ~search.noted;
    if (violated !== 0) noteViolations(search, violated, at(from, k), at(engine.out, q + 2));
  }
}

function noteViolations(search: Search, violated: number, state: number, action: number): void {
  search.noted |= violated;
  search.text.properties.forEach((property, number) => {
    if ((violated & (1 << number)) !== 0 && !search.violations.has(property))
      search.violations.set(property, { state, action });
  });
}

/** The shortest schedule that breaks a property; null when none was found (yet). */
export function counterexample({ log, violations }: Findings, property: string): readonly Move[] | null {
  const found = violations.get(property);
  if (found === undefined) return null;
  const moves = movesTo(log, found.state);
  return found.action < 0 ? moves : [...moves, moveOf(found.action)];
}

/** Moments that some state's step reached. */
export function reachedMoments({ text, reached }: Findings): readonly string[] {
  return text.moments.filter((_, number) => (reached & (1 << number)) !== 0);
}

/** Bytes in use: the states seen, how each was reached, and those that wait. */
export function searchBytes({ store, log, frontier }: Search): number {
  return tableBytes(store) + logBytes(log) + frontierBytes(frontier);
}
