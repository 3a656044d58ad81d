import { at } from '../lib/at.ts';
import { copyShard } from './fingerprint-table.ts';
import type { ParentLog } from './parent-log.ts';

/**
 * What several workers search in together: shared memory, reserved for the largest search allowed and paid for page by page as it is
 * touched. The fingerprints' tables grow in place; states that wait stand in numbered blocks; ids are handed out in ranges.
 */
export interface SharedSpace {
  readonly workers: number;
  /** Words of a packed state. */
  readonly words: number;
  readonly bounds: SharedBounds;
  /** Figures and signals: see `Word`. */
  readonly control: Int32Array;
  readonly slots: Int32Array;
  readonly used: Int32Array;
  readonly fingerprints: Int32Array;
  readonly blocks: Int32Array;
  /** States in each block. */
  readonly sizes: Int32Array;
  /** Numbers of the blocks of two levels, which take turns. */
  readonly lists: readonly [Int32Array, Int32Array];
  readonly parents: Uint32Array;
  readonly actions: Uint16Array;
  /** By property number: id of the state before, and action + 2, once it was broken; last no-deadlock. */
  readonly broken: Int32Array;
}

export interface SharedBounds {
  readonly maxStates: number;
  readonly maxBytes: number;
}

/** Places in `control`. */
export const Word = {
  arrived: 0,
  generation: 1,
  taken: 2,
  now: 3,
  next: 4,
  freshBlock: 5,
  freshRange: 6,
  states: 7,
  transitions: 8,
  depth: 9,
  reached: 10,
  ends: 11,
  /** 1: somebody's table is nearly full. */
  full: 12,
  shard: 13,
  growing: 14,
  /** Why it is to end: 0 go on; see `Ended`. */
  end: 15,
  over: 16,
  paused: 17,
  turn: 18,
  /** Workers that asked to be let in, and those that were, besides the first. */
  asking: 19,
  admitted: 20,
  /** The generation that begins when the latest meeting ends: who was let in there must not begin before. */
  since: 21,
} as const;

/** Values of `Word.end`; `failed`: a worker died of an error. */
export const Ended = { no: 0, all: 1, states: 2, memory: 3, user: 4, failed: 5 } as const;

/** As many as the margins of the shared tables are made for. */
export const MOST_WORKERS = 16;

/** Whether a worker died: then there is no telling what was not searched. */
export function hasFailed({ control }: SharedSpace): boolean {
  return at(control, Word.end) === Ended.failed;
}

/** Why a search that is over, and has not failed, ended. */
export function endingOf({ control }: SharedSpace): 'all' | 'states' | 'memory' | 'user' {
  const end = at(control, Word.end);
  if (end === Ended.all) return 'all';
  if (end === Ended.states) return 'states';
  return end === Ended.user ? 'user' : 'memory';
}

/** The last pair of `broken`. */
export const DEADLOCK = 31;

const SHARDS = 256;
const FIRST_SLOTS = 1024;
const GROWTH = 1.4;
export const BLOCK = 128;
export const RANGE = 1 << 14;

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(Math.max(4, Math.ceil(bytes / 4) * 4));
}

/** Reserves the memory. Throws RangeError where the machine has no room for it. */
export function createSharedSpace(workers: number, words: number, bounds: SharedBounds): SharedSpace {
  const { maxStates, maxBytes } = bounds;
  const most = Math.min(maxStates, Math.floor(maxBytes / 16));
  const slots = Math.max(FIRST_SLOTS, Math.ceil((most * 2) / SHARDS) + 64);
  const ids = most + (workers + 2) * RANGE * 2;
  const blocks = Math.ceil(Math.min(most, maxBytes / 8 / words) / BLOCK) + 64 * workers;
  const space: SharedSpace = {
    workers,
    words,
    bounds,
    control: new Int32Array(shared(4 * 32)),
    slots: firstSlots(),
    used: new Int32Array(shared(4 * SHARDS)),
    fingerprints: new Int32Array(shared(8 * SHARDS * slots)),
    blocks: new Int32Array(shared(4 * blocks * BLOCK * (words + 1))),
    sizes: new Int32Array(shared(4 * blocks)),
    lists: [new Int32Array(shared(4 * blocks)), new Int32Array(shared(4 * blocks))],
    parents: new Uint32Array(shared(4 * ids)),
    actions: new Uint16Array(shared(2 * ids)),
    broken: new Int32Array(shared(8 * 32)),
  };
  return space;
}

/** Sizes a step of growth apart: tables that all began alike would all have to grow at one meeting. */
function firstSlots(): Int32Array {
  const sizes = new Int32Array(shared(4 * SHARDS));
  for (let s = 0; s < SHARDS; s++) sizes[s] = Math.floor(FIRST_SLOTS * GROWTH ** (s / SHARDS - 1));
  return sizes;
}

/** The part of the fingerprints' memory that a first byte has for itself. */
export function shardOf({ fingerprints }: SharedSpace, s: number): Int32Array {
  const length = fingerprints.length / SHARDS;
  return fingerprints.subarray(s * length, (s + 1) * length);
}

/** Part of a table beyond which it is to grow before the next level; and beyond which nobody may go on. */
const LOAD = 0.6;
export const FULL = 0.75;

/** Whether some table should grow now. */
export function wantsRoom({ slots, used }: SharedSpace): boolean {
  return used.some((count, s) => count > at(slots, s) * LOAD);
}

/** Makes more room in one table, which nobody else touches meanwhile. False when its memory is used up. */
export function growShared(space: SharedSpace, s: number): boolean {
  const slots = at(space.slots, s);
  if (at(space.used, s) <= slots * LOAD) return true;
  const wanted = Math.ceil(slots * GROWTH);
  const shard = shardOf(space, s);
  if (wanted * 2 > shard.length) return false;
  const old = shard.slice(0, slots * 2);
  shard.fill(0, 0, slots * 2);
  copyShard(old, shard, wanted);
  space.slots[s] = wanted;
  return true;
}

/** Bytes in use, of what is reserved. */
export function sharedBytes({ slots, control, words }: SharedSpace): number {
  const tables = slots.reduce((sum, count) => sum + count * 8, 0);
  const waiting = at(control, Word.freshBlock) * BLOCK * (words + 1) * 4;
  return tables + waiting + at(control, Word.freshRange) * RANGE * 6;
}

/** States that wait, of both levels: at most so many, since blocks are counted and the last of each worker is seldom full. */
export function sharedWaiting({ control }: SharedSpace): number {
  const here = Math.max(0, Atomics.load(control, Word.now) - Atomics.load(control, Word.taken));
  return (here + Atomics.load(control, Word.next)) * BLOCK;
}

/** How states were reached, as a log of one's own: it shows what is there, and copies nothing. */
export function sharedLog({ parents, actions, control }: SharedSpace): ParentLog {
  const log: ParentLog = { count: at(control, Word.states), parents: [], actions: [] };
  for (let from = 0; from < at(control, Word.freshRange) * RANGE; from += RANGE) {
    log.parents.push(parents.subarray(from, from + RANGE));
    log.actions.push(actions.subarray(from, from + RANGE));
  }
  return log;
}
