import { at } from '../lib/at.ts';
import type { Engine, EngineText } from './engine.ts';
import type { Move } from './run.ts';
import { addState, createStateStore, fingerprint, type StateStore } from './state-store.ts';

/** A schedule that breaks a property with the fewest switches from one actor to another. */
export interface FewestSwitches {
  readonly moves: readonly Move[];
  readonly switches: number;
}

/** Where a property was broken: the place before, and the action that broke it (-1: the state itself, a deadlock). */
interface Broken {
  readonly from: number;
  readonly action: number;
  readonly switches: number;
}

/** Places to go on from: a packed state and who moved last, and how it was reached. */
interface Queue {
  words: Uint32Array;
  /** Four numbers each: last actor + 1, parent's id, action, unused. */
  meta: Uint32Array;
  count: number;
}

interface Searching {
  readonly engine: Engine;
  readonly text: EngineText;
  readonly store: StateStore;
  readonly wanted: ReadonlySet<string>;
  readonly broken: Map<string, Broken>;
  now: Queue;
  next: Queue;
  switches: number;
}

const META = 3;

export interface FewestArgs {
  readonly properties: readonly string[];
  readonly maxPlaces: number;
  /** Hears of the places found, every few thousand, and of the switches tried. */
  readonly onPlaces?: (places: number, switches: number) => void;
}

/** Places between two reports. */
const REPORT_EVERY = 4096;

/**
 * Searches by rising number of switches: a switch is two moves in a row by different actors; an interrupt handler is an actor of its
 * own. A place is a state together with who moved last. Gives each wanted property that can be broken; null when more than
 * `maxPlaces` places would have to be kept. Starts at the state that the engine holds.
 */
export function fewestSwitches(
  engine: Engine,
  text: EngineText,
  { properties, maxPlaces, onPlaces }: FewestArgs,
): ReadonlyMap<string, FewestSwitches> | null {
  const s = startSearching(engine, text, properties);
  while (s.now.count > 0) {
    for (let i = 0; i < s.now.count; i++) {
      if (s.store.count > maxPlaces) return null;
      expand(s, i);
      if (i % REPORT_EVERY === 0) onPlaces?.(s.store.count, s.switches);
    }
    const isDone = [...s.wanted].every((id) => (s.broken.get(id)?.switches ?? Infinity) <= s.switches);
    if (isDone) break;
    [s.now, s.next] = [s.next, s.now];
    s.next.count = 0;
    s.switches += 1;
  }
  return new Map([...s.broken].map(([id, broken]) => [id, scheduleTo(s.store, broken)]));
}

function startSearching(engine: Engine, text: EngineText, properties: readonly string[]): Searching {
  const { words } = text.packing;
  const s: Searching = {
    engine,
    text,
    store: createStateStore(),
    wanted: new Set(properties),
    broken: new Map(),
    now: createQueue(words),
    next: createQueue(words),
    switches: 0,
  };
  const packed = new Uint32Array(words);
  engine.pack(packed);
  push(s.now, packed, { last: 0, parent: 0, action: 0 });
  return s;
}

function createQueue(words: number): Queue {
  return { words: new Uint32Array(words * 256), meta: new Uint32Array(META * 256), count: 0 };
}

interface Step {
  /** Actor + 1; 0 before the first step. */
  readonly last: number;
  readonly parent: number;
  readonly action: number;
}

function push(queue: Queue, packed: Uint32Array, { last, parent, action }: Step): void {
  if ((queue.count + 1) * META > queue.meta.length) {
    const [words, meta] = [new Uint32Array(queue.words.length * 2), new Uint32Array(queue.meta.length * 2)];
    words.set(queue.words);
    meta.set(queue.meta);
    queue.words = words;
    queue.meta = meta;
  }
  queue.words.set(packed, queue.count * packed.length);
  queue.meta.set([last, parent, action], queue.count * META);
  queue.count += 1;
}

/** Takes the place at `i`, unless it was reached with as few switches before, and queues all that it leads to. */
function expand(s: Searching, i: number): void {
  const { engine, store, now } = s;
  const { words } = s.text.packing;
  const [last, parent, action] = [0, 1, 2].map((k) => at(now.meta, i * META + k));
  const key = new Uint32Array(words + 1);
  key.set(now.words.subarray(i * words, (i + 1) * words));
  key[words] = last ?? 0;
  const mark = new Uint32Array(2);
  fingerprint(key, mark);
  const id = addState(store, mark[0] ?? 0, mark[1] ?? 0, parent ?? 0, action ?? 0);
  if (id === 0) return;
  engine.unpack(now.words, i * words);
  const packed = new Uint32Array(words);
  const expanded = engine.expand((actor, move, violated) => {
    const step = { last: actor + 1, parent: id, action: actor * 32 + move };
    const isSwitch = last !== 0 && last !== step.last;
    if (violated !== 0)
      noteBroken(s, violated, { from: id, action: step.action, switches: s.switches + (isSwitch ? 1 : 0) });
    engine.pack(packed);
    push(isSwitch ? s.next : s.now, packed, step);
  });
  if (expanded === 2) note(s, 'no-deadlock', { from: id, action: -1, switches: s.switches });
}

function noteBroken(s: Searching, violated: number, broken: Broken): void {
  s.text.properties.forEach((property, number) => {
    if ((violated & (1 << number)) !== 0) note(s, property, broken);
  });
}

function note(s: Searching, property: string, broken: Broken): void {
  if (!s.wanted.has(property)) return;
  if (broken.switches < (s.broken.get(property)?.switches ?? Infinity)) s.broken.set(property, broken);
}

function scheduleTo(store: StateStore, { from, action, switches }: Broken): FewestSwitches {
  const actions = action < 0 ? [] : [action];
  for (let id = from; at(store.parent, id) !== 0; id = at(store.parent, id))
    actions.push(at(store.action, id));
  const moves = actions.reverse().map((a): Move => ({ actor: a >>> 5, move: a & 31 }));
  return { moves, switches };
}

/** Times that the actor changes from one move to the next. */
export function switchesOf(moves: readonly Move[]): number {
  return moves.filter(({ actor }, i) => i > 0 && actor !== moves[i - 1]?.actor).length;
}
