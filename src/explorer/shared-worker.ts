import { at } from '../lib/at.ts';
import type { Engine, EngineText } from './engine.ts';
import { homeSlot } from './fingerprint-table.ts';
import { endWith } from './shared-meeting.ts';
import { BLOCK, Ended, FULL, RANGE, shardOf, type SharedSpace, sharedBytes, Word } from './shared-space.ts';
import { OUT_ROOM } from './successor.ts';

/** What one of several workers that search together has for itself. */
export interface Worker {
  readonly space: SharedSpace;
  readonly engine: Engine;
  readonly properties: readonly string[];
  readonly shards: readonly Int32Array[];
  readonly from: Uint32Array;
  /** By table: new fingerprints that are not in `used` yet. */
  readonly counted: Uint8Array;
  /** Blocks that it has read, to be written again. */
  readonly free: number[];
  /** The block that it fills (-1: none), and the states in it. */
  block: number;
  filled: number;
  /** The next id of its range, and where that ends. */
  id: number;
  lastId: number;
  warmth: number;
}

/** A worker that has neither a block nor ids yet. */
export function joinSearch(space: SharedSpace, engine: Engine, text: EngineText): Worker {
  return {
    space,
    engine,
    properties: text.properties,
    shards: Array.from({ length: space.slots.length }, (_, s) => shardOf(space, s)),
    from: new Uint32Array(OUT_ROOM + text.mostSuccessors),
    counted: new Uint8Array(space.slots.length),
    free: [],
    block: -1,
    filled: 0,
    id: 0,
    lastId: 0,
    warmth: 0,
  };
}

const none = new Int32Array(0);

/** Adds a fingerprint; false when it was there, or somebody else adds it now. */
export function addShared(w: Worker, low: number, high: number): boolean {
  const s = high >>> 24;
  const shard = w.shards[s] ?? none;
  const slots = w.space.slots[s] ?? 0;
  for (let i = homeSlot(low, slots) * 2; ; i = i + 2 === slots * 2 ? 0 : i + 2) {
    let there = Atomics.load(shard, i);
    if (there === 0) {
      there = Atomics.compareExchange(shard, i, 0, low);
      if (there === 0) {
        Atomics.store(shard, i + 1, high);
        countUsed(w, s, slots);
        return true;
      }
    }
    if (there !== low) continue;
    let other = Atomics.load(shard, i + 1);
    // Whoever wrote the first half is about to write the second.
    while (other === 0) other = Atomics.load(shard, i + 1);
    if (other === high) return false;
  }
}

/** New fingerprints of a table that a worker counts for itself, since what all of them write is slow. Few, beside what a table has left when it is `FULL`. */
const COUNTED = 4;

function countUsed({ space, counted }: Worker, s: number, slots: number): void {
  const count = (counted[s] ?? 0) + 1;
  counted[s] = count % COUNTED;
  if (count < COUNTED) return;
  if (Atomics.add(space.used, s, COUNTED) > slots * FULL) Atomics.store(space.control, Word.full, 1);
}

/** Gives the successor at `q` an id and puts it in a block of the next level. */
export function keep(w: Worker, q: number, parent: number): void {
  const { space, engine } = w;
  if (w.block < 0 && !takeBlock(w)) return;
  if (w.id === w.lastId) takeRange(w);
  const id = w.id++;
  space.parents[id] = parent;
  space.actions[id] = engine.out[q + 2] ?? 0;
  const place = (w.block * BLOCK + w.filled) * (space.words + 1);
  space.blocks[place] = id;
  engine.copy(q, space.blocks, place + 1);
  w.filled += 1;
  if (w.filled === BLOCK) leaveBlock(w);
}

/** False, and the search is to end, when there is no memory for another. */
function takeBlock(w: Worker): boolean {
  const { space } = w;
  const fresh = w.free.pop() ?? Atomics.add(space.control, Word.freshBlock, 1);
  if (sharedBytes(space) > space.bounds.maxBytes) endWith(space, Ended.memory);
  if (fresh >= space.sizes.length) {
    endWith(space, Ended.memory);
    return false;
  }
  w.block = fresh;
  w.filled = 0;
  return true;
}

function takeRange(w: Worker): void {
  w.id = Atomics.add(w.space.control, Word.freshRange, 1) * RANGE;
  w.lastId = w.id + RANGE;
  // Id 0 is nobody.
  if (w.id === 0) w.id = 1;
}

/** Hands the block that is being filled to the next level. */
export function leaveBlock(w: Worker): void {
  if (w.block < 0) return;
  const { control, lists, sizes } = w.space;
  sizes[w.block] = w.filled;
  const i = Atomics.add(control, Word.next, 1);
  at(lists, 1 - at(control, Word.turn))[i] = w.block;
  w.block = -1;
}
