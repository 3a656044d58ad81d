import { at } from '../lib/at.ts';
import type { Engine, EngineText } from './engine.ts';
import { createQueue, META, push, type Queue, queueBytes } from './fewest-queue.ts';
import {
  addFingerprint,
  createFingerprintTable,
  type FingerprintTable,
  tableBytes,
} from './fingerprint-table.ts';
import { createParentLog, logBytes, logState, moveOf, movesTo, type ParentLog } from './parent-log.ts';
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

/** A search by switches under way. */
export interface FewestSearch {
  readonly engine: Engine;
  readonly text: EngineText;
  readonly seen: FingerprintTable;
  readonly log: ParentLog;
  readonly wanted: ReadonlySet<string>;
  readonly broken: Map<string, Broken>;
  /** Places of as many switches as are tried now, of which so many are taken; and of one more. */
  now: Queue;
  taken: number;
  next: Queue;
  switches: number;
  transitions: number;
}

/** Starts a search by rising number of switches for each of these properties. */
export function startFewest(engine: Engine, text: EngineText, properties: readonly string[]): FewestSearch {
  const { words } = text.packing;
  const s: FewestSearch = {
    engine,
    text,
    seen: createFingerprintTable(),
    log: createParentLog(),
    wanted: new Set(properties),
    broken: new Map(),
    now: createQueue(words),
    taken: 0,
    next: createQueue(words),
    switches: 0,
    transitions: 0,
  };
  engine.start(false);
  push(s.now, engine.out.subarray(0, SUCCESSOR + words), { last: 0, parent: 0 });
  return s;
}
/**
 * Goes on by up to `budget` places of the queue: a place is a state together with who moved last. A switch is two moves in a row by different actors; an
 * interrupt handler is an actor of its own. Gives each wanted property that can be broken when that is known, and null as long as it is not.
 */
export function fewestOn(s: FewestSearch, budget: number): ReadonlyMap<string, FewestSwitches> | null {
  for (let left = budget; left > 0; left--) {
    if (s.taken < s.now.count) expand(s, s.taken++);
    else if (isDone(s)) return new Map([...s.broken].map(([id, broken]) => [id, scheduleTo(s.log, broken)]));
    else goOn(s);
  }
  return null;
}

/** Nothing is left with as many switches: whether more would tell anything. */
function isDone({ wanted, broken, switches, next }: FewestSearch): boolean {
  return next.count === 0 || [...wanted].every((id) => (broken.get(id)?.switches ?? Infinity) <= switches);
}

function goOn(s: FewestSearch): void {
  [s.now, s.next] = [s.next, s.now];
  s.next.count = 0;
  s.taken = 0;
  s.switches += 1;
}

/** Places found, and how many switches are tried now. */
export function fewestFigures({ log, switches, transitions, now, next, taken, seen }: FewestSearch) {
  return {
    places: log.count,
    switches,
    transitions,
    waiting: now.count - taken + next.count,
    bytes: tableBytes(seen) + logBytes(log) + queueBytes(now) + queueBytes(next),
  };
}

/** Where such a search stops at the latest; looked at every few thousand places. */
export interface FewestLimits {
  readonly maxPlaces: number;
  readonly maxBytes: number;
}

/** Whether it has to stop. */
export function isBeyond(s: FewestSearch, { maxPlaces, maxBytes }: FewestLimits): boolean {
  const { places, bytes } = fewestFigures(s);
  return places > maxPlaces || bytes > maxBytes;
}

/** The same in one go, for `properties`; null where a limit was met before. */
export function fewestSwitches(
  engine: Engine,
  text: EngineText,
  { properties, ...limits }: FewestLimits & { readonly properties: readonly string[] },
): ReadonlyMap<string, FewestSwitches> | null {
  const s = startFewest(engine, text, properties);
  for (;;) {
    const found = fewestOn(s, SLICE);
    if (found !== null) return found;
    if (isBeyond(s, limits)) return null;
  }
}

/** Places taken between two looks at the limits. */
const SLICE = 4096;

/** Takes the place at `i`, unless it was reached with as few switches before, and queues all that it leads to. */
function expand(s: FewestSearch, i: number): void {
  const { engine, now } = s;
  const { words } = s.text.packing;
  const [last = 0, parent = 0, action = 0, low = 0, high = 0] = now.meta.subarray(i * META, (i + 1) * META);
  if (!addFingerprint(s.seen, low, high)) return;
  const id = logState(s.log, parent, action);
  const expanded = engine.expand(now.words, i * words, 0);
  const stride = SUCCESSOR + words;
  s.transitions += expanded >>> 2;
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

function noteBroken(s: FewestSearch, violated: number, broken: Broken): void {
  s.text.properties.forEach((property, number) => {
    if ((violated & (1 << number)) !== 0) note(s, property, broken);
  });
}

function note(s: FewestSearch, property: string, broken: Broken): void {
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
