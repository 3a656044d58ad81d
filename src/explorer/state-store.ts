/**
 * States as 64-bit fingerprints that can be asked for their ids: an open-addressing index of ids, and for each id its fingerprint, where
 * it came from and by which move. For whole graphs; a search that needs no ids of known states has `FingerprintTable`.
 */
export interface StateStore {
  count: number;
  low: Uint32Array;
  high: Uint32Array;
  parent: Uint32Array;
  /** actor * 32 + move. */
  action: Uint16Array;
  index: Uint32Array;
}

export function createStateStore(capacity = 1 << 12): StateStore {
  return {
    count: 0,
    low: new Uint32Array(capacity),
    high: new Uint32Array(capacity),
    parent: new Uint32Array(capacity),
    action: new Uint16Array(capacity),
    index: new Uint32Array(capacity * 2),
  };
}

/** Adds a state unless it is known. Gives its id (from 1), or 0 when it was known. */
export function addState(
  store: StateStore,
  low: number,
  high: number,
  parent: number,
  action: number,
): number {
  const mask = store.index.length - 1;
  let slot = low & mask;
  for (let id = store.index[slot] ?? 0; id !== 0; id = store.index[slot] ?? 0) {
    if (store.low[id] === low && store.high[id] === high) return 0;
    slot = (slot + 1) & mask;
  }
  const id = ++store.count;
  if (id + 1 >= store.low.length) growStates(store);
  store.low[id] = low;
  store.high[id] = high;
  store.parent[id] = parent;
  store.action[id] = action;
  store.index[slot] = id;
  if (store.count * 3 > store.index.length * 2) growIndex(store);
  return id;
}

/** The id of a state that was added, 0 when it was not. */
export function findState(store: StateStore, low: number, high: number): number {
  const mask = store.index.length - 1;
  let slot = low & mask;
  for (let id = store.index[slot] ?? 0; id !== 0; id = store.index[slot] ?? 0) {
    if (store.low[id] === low && store.high[id] === high) return id;
    slot = (slot + 1) & mask;
  }
  return 0;
}

function longer<A extends Uint32Array | Uint16Array>(array: A, fresh: A): A {
  fresh.set(array);
  return fresh;
}

function growStates(store: StateStore): void {
  const length = Math.ceil(store.low.length * 1.5);
  store.low = longer(store.low, new Uint32Array(length));
  store.high = longer(store.high, new Uint32Array(length));
  store.parent = longer(store.parent, new Uint32Array(length));
  store.action = longer(store.action, new Uint16Array(length));
}

function growIndex(store: StateStore): void {
  const index = new Uint32Array(store.index.length * 2);
  const mask = index.length - 1;
  for (let id = 1; id <= store.count; id++) {
    let slot = (store.low[id] ?? 0) & mask;
    while (index[slot] !== 0) slot = (slot + 1) & mask;
    index[slot] = id;
  }
  store.index = index;
}

/** Bytes that the store takes now. */
export function storeBytes({ low, high, parent, action, index }: StateStore): number {
  return [low, high, parent, action, index].reduce((sum, array) => sum + array.byteLength, 0);
}
