import { at } from '../lib/at.ts';
import type { Engine, EngineText } from './engine.ts';
import { addFingerprint, createFingerprintTable, type FingerprintTable } from './fingerprint-table.ts';
import { createParentLog, logState, moveOf, movesTo, type ParentLog } from './parent-log.ts';
import type { Move } from './run.ts';
import { SUCCESSOR } from './successor.ts';

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

/** Places to go on from: packed states, and for each who moved last and how it was reached. */
interface Queue {
  words: Int32Array;
  /** META numbers each: last actor + 1 (0 before the first step), parent's id, action, fingerprint. */
  meta: Int32Array;
  count: number;
}

const META = 5;

interface Searching {
  readonly engine: Engine;
  readonly text: EngineText;
  readonly seen: FingerprintTable;
  readonly log: ParentLog;
  readonly wanted: ReadonlySet<string>;
  readonly broken: Map<string, Broken>;
  now: Queue;
  next: Queue;
  switches: number;
}

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
 * `maxPlaces` places would have to be kept.
 */
export function fewestSwitches(
  engine: Engine,
  text: EngineText,
  { properties, maxPlaces, onPlaces }: FewestArgs,
): ReadonlyMap<string, FewestSwitches> | null {
  const s = startSearching(engine, text, properties);
  while (s.now.count > 0) {
    for (let i = 0; i < s.now.count; i++) {
      if (s.log.count > maxPlaces) return null;
      expand(s, i);
      if (i % REPORT_EVERY === 0) onPlaces?.(s.log.count, s.switches);
    }
    const isDone = [...s.wanted].every((id) => (s.broken.get(id)?.switches ?? Infinity) <= s.switches);
    if (isDone) break;
    [s.now, s.next] = [s.next, s.now];
    s.next.count = 0;
    s.switches += 1;
  }
  return new Map([...s.broken].map(([id, broken]) => [id, scheduleTo(s.log, broken)]));
}

function startSearching(engine: Engine, text: EngineText, properties: readonly string[]): Searching {
  const { words } = text.packing;
  const s: Searching = {
    engine,
    text,
    seen: createFingerprintTable(),
    log: createParentLog(),
    wanted: new Set(properties),
    broken: new Map(),
    now: createQueue(words),
    next: createQueue(words),
    switches: 0,
  };
  engine.start(false);
  push(s.now, engine.out.subarray(0, SUCCESSOR + words), { last: 0, parent: 0 });
  return s;
}

function createQueue(words: number): Queue {
  return { words: new Int32Array(words * 256), meta: new Int32Array(META * 256), count: 0 };
}

interface Place {
  readonly last: number;
  readonly parent: number;
}

/** Queues a successor, as the engine wrote it, as a place: the same state after another actor is another place. */
function push(queue: Queue, successor: Int32Array, { last, parent }: Place): void {
  if ((queue.count + 1) * META > queue.meta.length) {
    const [words, meta] = [new Int32Array(queue.words.length * 2), new Int32Array(queue.meta.length * 2)];
    words.set(queue.words);
    meta.set(queue.meta);
    queue.words = words;
    queue.meta = meta;
  }
  const packed = successor.subarray(SUCCESSOR);
  queue.words.set(packed, queue.count * packed.length);
  const low = at(successor, 0) ^ Math.imul(last, 0x9e3779b1);
  const high = at(successor, 1) ^ Math.imul(last, 0x85ebca6b);
  queue.meta.set([last, parent, at(successor, 2), low || 1, high || 1], queue.count * META);
  queue.count += 1;
}

/** Takes the place at `i`, unless it was reached with as few switches before, and queues all that it leads to. */
function expand(s: Searching, i: number): void {
  const { engine, now } = s;
  const { words } = s.text.packing;
  const [last = 0, parent = 0, action = 0, low = 0, high = 0] = now.meta.subarray(i * META, (i + 1) * META);
  if (!addFingerprint(s.seen, low, high)) return;
  const id = logState(s.log, parent, action);
  const expanded = engine.expand(now.words, i * words, 0);
  const stride = SUCCESSOR + words;
  for (let q = 0; q < (expanded >>> 2) * stride; q += stride) {
    const successor = engine.out.subarray(q, q + stride);
    const by = at(successor, 2);
    const isSwitch = last !== 0 && last !== moveOf(by).actor + 1;
    const violated = at(successor, 3);
    if (violated !== 0)
      noteBroken(s, violated, { from: id, action: by, switches: s.switches + (isSwitch ? 1 : 0) });
    push(isSwitch ? s.next : s.now, successor, { last: moveOf(by).actor + 1, parent: id });
  }
  if ((expanded & 3) === 2) note(s, 'no-deadlock', { from: id, action: -1, switches: s.switches });
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

function scheduleTo(log: ParentLog, { from, action, switches }: Broken): FewestSwitches {
  const before = movesTo(log, from);
  return { moves: action < 0 ? before : [...before, moveOf(action)], switches };
}

/** Times that the actor changes from one move to the next. */
export function switchesOf(moves: readonly Move[]): number {
  return moves.filter(({ actor }, i) => i > 0 && actor !== moves[i - 1]?.actor).length;
}
