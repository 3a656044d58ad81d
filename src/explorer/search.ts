import { at } from '../lib/at.ts';
import type { Engine, EngineText } from './engine.ts';
import type { Move } from './run.ts';
import { addState, createStateStore, fingerprint, type StateStore, storeBytes } from './state-store.ts';

/** A search under way: breadth first, so that what it finds first is shortest. */
export interface Search {
  readonly engine: Engine;
  readonly text: EngineText;
  readonly store: StateStore;
  frontier: Level;
  next: Level;
  /** How much of the frontier is expanded. */
  at: number;
  depth: number;
  transitions: number;
  /** By property number: id of the state before, and the action that broke it (-1: the state itself, a deadlock). */
  readonly violations: Map<string, { readonly state: number; readonly action: number }>;
  reached: number;
  /** States where everything was finished. */
  ends: number;
}

/** States of one distance: packed words one after the other, and their ids. */
interface Level {
  words: Uint32Array;
  ids: Uint32Array;
  count: number;
}

function createLevel(words: number): Level {
  return { words: new Uint32Array(words * 1024), ids: new Uint32Array(1024), count: 0 };
}

function push(level: Level, packed: Uint32Array, id: number): void {
  if (level.count === level.ids.length) {
    const [ids, words] = [new Uint32Array(level.ids.length * 2), new Uint32Array(level.words.length * 2)];
    ids.set(level.ids);
    words.set(level.words);
    level.ids = ids;
    level.words = words;
  }
  level.words.set(packed, level.count * packed.length);
  level.ids[level.count++] = id;
}

/** A search that stands at its first state, which the engine holds. */
export function startSearch(engine: Engine, text: EngineText): Search {
  const { words } = text.packing;
  const search: Search = {
    engine,
    text,
    store: createStateStore(),
    frontier: createLevel(words),
    next: createLevel(words),
    at: 0,
    depth: 0,
    transitions: 0,
    violations: new Map(),
    reached: 0,
    ends: 0,
  };
  const packed = new Uint32Array(words);
  const mark = new Uint32Array(2);
  engine.pack(packed);
  fingerprint(packed, mark);
  push(search.frontier, packed, addState(search.store, mark[0] ?? 0, mark[1] ?? 0, 0, 0));
  return search;
}

/** Expands up to `budget` states. True when there is nothing left to expand. */
export function searchOn(search: Search, budget: number): boolean {
  const { engine, store, text } = search;
  const { words } = text.packing;
  const packed = new Uint32Array(words);
  const mark = new Uint32Array(2);
  let from = 0;
  const emit = (actor: number, move: number, violated: number, reached: number): void => {
    const action = actor * 32 + move;
    search.transitions += 1;
    search.reached |= reached;
    if (violated !== 0) noteViolations(search, violated, from, action);
    engine.pack(packed);
    fingerprint(packed, mark);
    const id = addState(store, mark[0] ?? 0, mark[1] ?? 0, from, action);
    if (id !== 0) push(search.next, packed, id);
  };
  for (let left = budget; left > 0; left--) {
    if (search.at === search.frontier.count && !nextLevel(search)) return true;
    engine.unpack(search.frontier.words, search.at * words);
    from = at(search.frontier.ids, search.at);
    search.at += 1;
    const expanded = engine.expand(emit);
    if (expanded === 1) search.ends += 1;
    if (expanded === 2 && !search.violations.has('no-deadlock'))
      search.violations.set('no-deadlock', { state: from, action: -1 });
  }
  return search.at === search.frontier.count && search.next.count === 0;
}

function nextLevel(search: Search): boolean {
  if (search.next.count === 0) return false;
  const done = search.frontier;
  search.frontier = search.next;
  done.count = 0;
  search.next = done;
  search.at = 0;
  search.depth += 1;
  return true;
}

function noteViolations(search: Search, violated: number, state: number, action: number): void {
  search.text.properties.forEach((property, number) => {
    if ((violated & (1 << number)) !== 0 && !search.violations.has(property))
      search.violations.set(property, { state, action });
  });
}

/** The shortest schedule that breaks a property; null when none was found (yet). */
export function counterexample({ store, violations }: Search, property: string): readonly Move[] | null {
  const found = violations.get(property);
  if (found === undefined) return null;
  const moves: Move[] = [];
  const add = (action: number): void => {
    moves.unshift({ actor: action >>> 5, move: action & 31 });
  };
  if (found.action >= 0) add(found.action);
  for (let state = found.state; at(store.parent, state) !== 0; state = at(store.parent, state))
    add(at(store.action, state));
  return moves;
}

/** Moments that some state's step reached. */
export function reachedMoments({ text, reached }: Search): readonly string[] {
  return text.moments.filter((_, number) => (reached & (1 << number)) !== 0);
}

/** Bytes in use: the store and the two levels at the front. */
export function searchBytes({ store, frontier, next }: Search): number {
  return (
    storeBytes(store) +
    frontier.words.byteLength +
    next.words.byteLength +
    frontier.ids.byteLength +
    next.ids.byteLength
  );
}
