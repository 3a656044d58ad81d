/**
 * Copies of a state at some moments of a run. A state is cut into chunks; a chunk that did not change since the
 * snapshot before is shared with it, so that megabytes of tables cost little.
 */
export interface Snapshots {
  readonly every: number;
  readonly taken: Snapshot[];
}

export interface Snapshot {
  readonly step: number;
  readonly chunks: readonly Int32Array[];
}

const CHUNK = 1024;

/** `every`: steps between two snapshots. The first is of the state given, at step 0. */
export function createSnapshots(words: Int32Array, every: number): Snapshots {
  return { every, taken: [{ step: 0, chunks: copyChunks(words, null) }] };
}

function copyChunks(words: Int32Array, before: Snapshot | null): readonly Int32Array[] {
  const chunks: Int32Array[] = [];
  for (let start = 0, i = 0; start < words.length; start += CHUNK, i++) {
    const now = words.subarray(start, start + CHUNK);
    const earlier = before?.chunks[i];
    chunks.push(earlier !== undefined && same(earlier, now) ? earlier : now.slice());
  }
  return chunks;
}

function same(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Takes a snapshot when one is due at this step. */
export function noteStep(snapshots: Snapshots, step: number, words: Int32Array): void {
  const last = snapshots.taken.at(-1);
  if (last === undefined || step < last.step + snapshots.every) return;
  snapshots.taken.push({ step, chunks: copyChunks(words, last) });
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

/** Puts a snapshot's state into `words`. */
export function restore(snapshot: Snapshot, words: Int32Array): void {
  snapshot.chunks.forEach((chunk, i) => {
    words.set(chunk, i * CHUNK);
  });
}
