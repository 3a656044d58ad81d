import { append, type Growing, growing } from '../lib/growing.ts';

/**
 * States as 64-bit fingerprints that can be asked for their ids: an open-addressing index of ids, and for each id its fingerprint. For
 * whole graphs; a search that needs no ids of known states has `FingerprintTable`.
 */
export interface StateStore {
  count: number;
  /** By id; that of 0 is nobody's. */
  readonly low: Growing;
  readonly high: Growing;
  index: Uint32Array;
}

const FIRST_SLOTS = 1 << 13;

export function createStateStore(): StateStore {
  const [low, high] = [growing(Uint32Array), growing(Uint32Array)];
  append(low, 0);
  append(high, 0);
  return { count: 0, low, high, index: new Uint32Array(FIRST_SLOTS) };
}

/** The id of a state, from 1. One that was not known gets the next, and `count` grows. */
export function idOf(store: StateStore, low: number, high: number): number {
  const [lows, highs] = [store.low.items, store.high.items];
  const mask = store.index.length - 1;
  let slot = low & mask;
  for (let id = store.index[slot] ?? 0; id !== 0; id = store.index[slot] ?? 0) {
    if (lows[id] === low && highs[id] === high) return id;
    slot = (slot + 1) & mask;
  }
  const id = ++store.count;
  append(store.low, low);
  append(store.high, high);
  store.index[slot] = id;
  if (store.count * 3 > store.index.length * 2) growIndex(store);
  return id;
}

function growIndex(store: StateStore): void {
  const index = new Uint32Array(store.index.length * 2);
  const mask = index.length - 1;
  for (let id = 1; id <= store.count; id++) {
    let slot = (store.low.items[id] ?? 0) & mask;
    while (index[slot] !== 0) slot = (slot + 1) & mask;
    index[slot] = id;
  }
  store.index = index;
}

/** Bytes that the store takes now. */
export function storeBytes({ low, high, index }: StateStore): number {
  return low.items.byteLength + high.items.byteLength + index.byteLength;
}
