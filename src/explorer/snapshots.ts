import { type Chunks, copyChunks, createChunks, putChunks } from './chunks.ts';

/**
 * Copies of a state at some moments of a run. A state is cut into chunks; a chunk that was not written since the
 * snapshot before is shared with it, so that megabytes of tables cost little.
 */
export interface Snapshots {
  readonly every: number;
  readonly taken: Snapshot[];
  /** Of the state under way: whoever writes it, other than by `restore`, notes that there. */
  readonly chunks: Chunks;
}

export interface Snapshot {
  readonly step: number;
  readonly chunks: readonly Int32Array[];
}

/** `every`: steps between two snapshots. The first is of the state given, at step 0. */
export function createSnapshots(words: Int32Array, every: number): Snapshots {
  const chunks = createChunks(words);
  return { every, taken: [{ step: 0, chunks: copyChunks(chunks, words) }], chunks };
}

/** Takes a snapshot when one is due at this step. */
export function noteStep({ every, taken, chunks }: Snapshots, step: number, words: Int32Array): void {
  const last = taken.at(-1);
  if (last === undefined || step < last.step + every) return;
  taken.push({ step, chunks: copyChunks(chunks, words) });
}

/** Forgets snapshots of moments after `step`. */
export function forgetAfter(snapshots: Snapshots, step: number): void {
  while ((snapshots.taken.at(-1)?.step ?? 0) > step) snapshots.taken.pop();
}

/** The last snapshot at or before `step`. */
export function nearest(snapshots: Snapshots, step: number): Snapshot {
  let best = snapshots.taken[0];
  for (const snapshot of snapshots.taken) if (snapshot.step <= step) best = snapshot;
  if (best === undefined) throw new Error('no snapshot was ever taken');
  return best;
}

/** Puts a snapshot's state into `words`, the state under way. */
export function restore({ chunks }: Snapshots, snapshot: Snapshot, words: Int32Array): void {
  putChunks(chunks, snapshot.chunks, words);
}
