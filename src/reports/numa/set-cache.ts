/**
 * A set-associative cache of keys. What is put out is what was not used since the hand of its set last came by (the clock
 * algorithm, near to least recently used). One typed array; nothing is allocated while it is used.
 */
export interface SetCache {
  readonly sets: number;
  /** At most 15. */
  readonly ways: number;
  /**
   * A row for each set, short enough for one line of the cache of the machine that this runs on: its keys, then a word
   * with a bit for each key that was used since the hand came by, and above them the hand.
   */
  readonly rows: Int32Array;
}

/** No key: keys of data are 0 or more, keys of tables are below, far above this. */
const EMPTY = -0x80000000;
const HAND_SHIFT = 16;
const HASH_RANGE = 2 ** 32;

/** A cache of so many entries, rounded to whole sets; one of 0 entries never hits. `ways`: at most 15. */
export function createSetCache(entries: number, ways: number): SetCache {
  const own = Math.min(ways, entries);
  const sets = own === 0 ? 0 : Math.round(entries / own);
  const cache = { sets, ways: own, rows: new Int32Array(sets * (own + 1)) };
  emptyCache(cache);
  return cache;
}

export function emptyCache({ sets, ways, rows }: SetCache): void {
  rows.fill(EMPTY);
  for (let set = 1; set <= sets; set++) rows[set * (ways + 1) - 1] = 0;
}

/** Looks a key up, putting it in where it was missing. True for a hit. */
export function touchKey(cache: SetCache, key: number): boolean {
  if (cache.sets === 0) return false;
  const { ways, rows } = cache;
  const first = setOf(key, cache.sets) * (ways + 1);
  for (let way = 0; way < ways; way++)
    if (rows[first + way] === key) {
      rows[first + ways] = (rows[first + ways] ?? 0) | (1 << way);
      return true;
    }
  replace(cache, first, key);
  return false;
}

function replace({ ways, rows }: SetCache, first: number, key: number): void {
  const state = rows[first + ways] ?? 0;
  let hand = state >>> HAND_SHIFT;
  let used = state & ((1 << HAND_SHIFT) - 1);
  while ((used & (1 << hand)) !== 0) {
    used &= ~(1 << hand);
    hand = hand + 1 === ways ? 0 : hand + 1;
  }
  rows[first + hand] = key;
  rows[first + ways] = ((hand + 1 === ways ? 0 : hand + 1) << HAND_SHIFT) | used;
}

/** Spreads keys over any number of sets, as last-level caches do (Fibonacci hashing: its upper bits count most). */
function setOf(key: number, sets: number): number {
  const mixed = Math.imul(key ^ (key >>> 15), 0x9e3779b1) >>> 0;
  return Math.floor((mixed * sets) / HASH_RANGE);
}
