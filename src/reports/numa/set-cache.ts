/**
 * A set-associative cache of keys. What is put out is what was not used since the hand of its set last came by (the clock
 * algorithm, near to least recently used). One typed array; nothing is allocated while it is used.
 */
export interface SetCache {
  readonly sets: number;
  /** At most seven. */
  readonly ways: number;
  /**
   * Eight words for each set, half a line of the cache of the machine that this runs on: seven keys, of which as many are in use as there
   * are ways, then a word with a bit for each key that was used since the hand came by, and above them the hand.
   */
  readonly rows: Int32Array;
}

/** No key: keys of data are 0 or more, keys of tables are below, far above this. */
const EMPTY = -0x80000000;
const STATE = 7;
const ROW_SHIFT = 3;
const HAND_SHIFT = 16;
const USED = (1 << HAND_SHIFT) - 1;
const HASH_RANGE = 2 ** 32;

/** A cache of so many entries, rounded to whole sets; one of 0 entries never hits. `ways`: at most seven. */
export function createSetCache(entries: number, ways: number): SetCache {
  const own = Math.min(ways, entries);
  const sets = own === 0 ? 0 : Math.round(entries / own);
  const cache = { sets, ways: own, rows: new Int32Array(sets << ROW_SHIFT) };
  emptyCache(cache);
  return cache;
}

export function emptyCache({ rows }: SetCache): void {
  rows.fill(EMPTY);
  for (let state = STATE; state < rows.length; state += STATE + 1) rows[state] = 0;
}

/** Reads a word of the set of a key, so that it is near when the key is looked up. What comes back means nothing. */
export function fetchSet({ sets, rows }: SetCache, key: number): number {
  return rows[rowOf(key, sets)] ?? 0;
}

/** Looks a key up, putting it in where it was missing. True for a hit. All ways are compared, without a branch that could be guessed wrongly. */
export function touchKey(cache: SetCache, key: number): boolean {
  if (cache.sets === 0) return false;
  const { rows } = cache;
  const row = rowOf(key, cache.sets);
  const hits =
    isZero((rows[row] ?? 0) ^ key) |
    (isZero((rows[row + 1] ?? 0) ^ key) << 1) |
    (isZero((rows[row + 2] ?? 0) ^ key) << 2) |
    (isZero((rows[row + 3] ?? 0) ^ key) << 3) |
    (isZero((rows[row + 4] ?? 0) ^ key) << 4) |
    (isZero((rows[row + 5] ?? 0) ^ key) << 5) |
    (isZero((rows[row + 6] ?? 0) ^ key) << 6);
  if (hits !== 0) {
    rows[row + STATE] = (rows[row + STATE] ?? 0) | hits;
    return true;
  }
  replace(cache, row, key);
  return false;
}

/** 1 for 0, else 0. */
function isZero(word: number): number {
  return ((word | -word) >>> 31) ^ 1;
}

function replace({ ways, rows }: SetCache, row: number, key: number): void {
  const state = rows[row + STATE] ?? 0;
  let hand = state >>> HAND_SHIFT;
  let used = state & USED;
  while ((used & (1 << hand)) !== 0) {
    used &= ~(1 << hand);
    hand = hand + 1 === ways ? 0 : hand + 1;
  }
  rows[row + hand] = key;
  rows[row + STATE] = ((hand + 1 === ways ? 0 : hand + 1) << HAND_SHIFT) | used;
}

/** Spreads keys over any number of sets, as last-level caches do (Fibonacci hashing: its upper bits count most). */
function rowOf(key: number, sets: number): number {
  const mixed = Math.imul(key ^ (key >>> 15), 0x9e3779b1) >>> 0;
  return Math.floor((mixed * sets) / HASH_RANGE) << ROW_SHIFT;
}
