import { at } from '../lib/at.ts';

/**
 * The states seen by a search, as 64-bit fingerprints (two numbers, neither of them 0): 256 open-addressing tables, each for the
 * fingerprints with one first byte. A table that is three quarters full grows by itself, so that no growing takes longer than
 * copying one of them. 11 to 16 bytes a state. Two states with one fingerprint would be taken for one: with n states the chance that
 * any was missed is below n^2 / 2^65.
 */
export interface FingerprintTable {
  count: number;
  /** By first byte: low and high, low and high ...; 0 where a slot is free. */
  readonly shards: Int32Array[];
  /** Slots of each. */
  readonly slots: Int32Array;
  readonly used: Int32Array;
}

const SHARDS = 256;
const FIRST_SLOTS = 2;
const GROWTH = 1.4;

const none = new Int32Array(0);

export function createFingerprintTable(): FingerprintTable {
  return {
    count: 0,
    shards: Array.from({ length: SHARDS }, () => new Int32Array(FIRST_SLOTS * 2)),
    slots: new Int32Array(SHARDS).fill(FIRST_SLOTS),
    used: new Int32Array(SHARDS),
  };
}

/** Where a fingerprint would best stand: in the order of `low`, so that growing reads and writes in order. */
export function homeSlot(low: number, slots: number): number {
  return ((low >>> 0) * slots * 2 ** -32) | 0;
}

/**
 * Adds a fingerprint. False when it was there. The two loads before it is compared are what a large search waits for: `warm` makes
 * them for many fingerprints at once.
 */
export function addFingerprint(table: FingerprintTable, low: number, high: number): boolean {
  const s = high >>> 24;
  const shard = table.shards[s] ?? none;
  const slots = shard.length >>> 1;
  let i = homeSlot(low, slots) * 2;
  for (let there = shard[i] ?? 0; there !== 0; there = shard[i] ?? 0) {
    if (there === low && shard[i + 1] === high) return false;
    i += 2;
    if (i === slots * 2) i = 0;
  }
  shard[i] = low;
  shard[i + 1] = high;
  table.count += 1;
  const used = (table.used[s] ?? 0) + 1;
  table.used[s] = used;
  if (used * 4 > slots * 3) growShard(table, s);
  return true;
}

/**
 * Reads the first slots of the fingerprints at `from[0]`, `from[stride]` and so on, so many: few instructions for each, so that the processor waits for many
 * of them at once. The sum that it gives is of no use but to be asked for.
 */
export function warm(
  { shards, slots }: Pick<FingerprintTable, 'slots'> & { readonly shards: readonly Int32Array[] },
  from: Int32Array,
  stride: number,
  count: number,
): number {
  let sum = 0;
  for (let q = 0; q < count * stride; q += stride) {
    const s = (from[q + 1] ?? 0) >>> 24;
    sum ^= (shards[s] ?? none)[homeSlot(from[q] ?? 0, slots[s] ?? 0) * 2] ?? 0;
  }
  return sum;
}

function growShard(table: FingerprintTable, s: number): void {
  const shard = grownShard(at(table.shards, s));
  table.shards[s] = shard;
  table.slots[s] = shard.length / 2;
}

/** The fingerprints of one table in the next larger one. */
export function grownShard(old: Int32Array): Int32Array {
  const slots = Math.ceil((old.length / 2) * GROWTH);
  const shard = new Int32Array(slots * 2);
  copyShard(old, shard, slots);
  return shard;
}

/** Puts the fingerprints of one array into another, which is free and has room for `slots`. */
export function copyShard(from: Int32Array, to: Int32Array, slots: number): void {
  for (let j = 0; j < from.length; j += 2) {
    const low = from[j] ?? 0;
    if (low === 0) continue;
    let i = homeSlot(low, slots) * 2;
    while (to[i] !== 0) {
      i += 2;
      if (i === slots * 2) i = 0;
    }
    to[i] = low;
    to[i + 1] = from[j + 1] ?? 0;
  }
}

/** Bytes that the table takes now. */
export function tableBytes({ slots }: FingerprintTable): number {
  return slots.reduce((sum, count) => sum + count * 8, 0);
}
