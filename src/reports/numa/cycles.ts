import { LINE_BYTES, type Tally } from './simulate.ts';

/** Latencies, and how much a CPU does at once. */
export interface Latencies {
  readonly localCycles: number;
  readonly remoteCycles: number;
  /** The last-level cache. */
  readonly cachedCycles: number;
  readonly secondTlbCycles: number;
  /** Work of an access that nobody waits for. */
  readonly ownCycles: number;
  /** Accesses under way at once: 1 where each needs the one before (a pointer chase). */
  readonly inFlight: number;
  /** Walks under way at once. */
  readonly walkers: number;
}

/** Cycles that walks and that data waited for, one by one. */
export function waitsOf(tally: Tally, l: Latencies): { readonly walk: number; readonly data: number } {
  return {
    walk:
      tally.walkCached * l.cachedCycles +
      tally.walkLocal * l.localCycles +
      tally.walkRemote * l.remoteCycles +
      tally.secondTlbHits * l.secondTlbCycles,
    data:
      tally.dataCached * l.cachedCycles + tally.dataLocal * l.localCycles + tally.dataRemote * l.remoteCycles,
  };
}

/** Cycles for each access: waiting overlaps as far as accesses in flight and the walkers allow, whichever is the narrower. */
export function cyclesPerAccess(tally: Tally, latencies: Latencies): number {
  const { walk, data } = waitsOf(tally, latencies);
  const waiting = Math.max((walk + data) / latencies.inFlight, walk / latencies.walkers);
  return latencies.ownCycles + waiting / tally.accesses;
}

/** References that left the caches for memory. */
export function memoryReferences(tally: Tally): number {
  return tally.walkLocal + tally.walkRemote + tally.dataLocal + tally.dataRemote;
}

export function remoteReferences(tally: Tally): number {
  return tally.walkRemote + tally.dataRemote;
}

/** The share of memory references that went to another node, 0 to 1; 0 where none left the caches. */
export function remoteShare(tally: Tally): number {
  const all = memoryReferences(tally);
  return all === 0 ? 0 : remoteReferences(tally) / all;
}

/** Bytes between nodes: each remote reference fetches a line. */
export function trafficBytes(tally: Tally): number {
  return remoteReferences(tally) * LINE_BYTES;
}
