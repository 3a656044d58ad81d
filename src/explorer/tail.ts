import { at } from '../lib/at.ts';
import type { Move, Run } from './run.ts';
import type { Snapshot } from './snapshots.ts';

/** The steps of a run from some moment on, taken out with all their writes: put back, nothing is carried out anew. */
export interface Tail {
  /** Steps of the run that come before. */
  readonly from: number;
  readonly moves: readonly Move[];
  /** `marks[i]`: writes of the tail before its step i + 1; as many as there are moves. */
  readonly marks: readonly number[];
  readonly offsets: Int32Array;
  readonly old: Int32Array;
  readonly fresh: Int32Array;
  readonly snapshots: readonly Snapshot[];
}

/** Takes the steps from `from` on out of the run. The cursor must not be beyond `from`, nor `from` beyond the end. */
export function cutTail(run: Run, from: number): Tail {
  if (run.cursor > from || from > run.moves.length) throw new Error(`no tail from ${String(from)} on`);
  const { moves, marks, snapshots, machine } = run;
  const { journal } = machine;
  const first = at(marks, from);
  const cut = (writes: Int32Array): Int32Array => writes.slice(first, journal.length);
  const tail = {
    from,
    moves: moves.slice(from),
    marks: marks.slice(from + 1).map((mark) => mark - first),
    offsets: cut(journal.offsets),
    old: cut(journal.old),
    fresh: cut(journal.fresh),
    snapshots: snapshots.taken.filter(({ step }) => step > from),
  };
  moves.length = from;
  marks.length = from + 1;
  snapshots.taken.length -= tail.snapshots.length;
  journal.length = first;
  return tail;
}

/** Puts a tail at the end of the run that it was cut from; the moment shown stays. Throws where it does not fit. */
export function addTail(run: Run, tail: Tail): void {
  const { moves, marks, snapshots, machine } = run;
  if (moves.length !== tail.from) throw new Error(`the tail from ${String(tail.from)} does not fit here`);
  const { journal } = machine;
  const first = journal.length;
  journal.length = first + tail.offsets.length;
  journal.offsets = joined(journal.offsets, first, tail.offsets);
  journal.old = joined(journal.old, first, tail.old);
  journal.fresh = joined(journal.fresh, first, tail.fresh);
  for (const move of tail.moves) moves.push(move);
  for (const mark of tail.marks) marks.push(first + mark);
  snapshots.taken.push(...tail.snapshots);
}

function joined(writes: Int32Array, length: number, more: Int32Array): Int32Array {
  const needed = length + more.length;
  const target = needed <= writes.length ? writes : new Int32Array(2 * needed);
  if (target !== writes) target.set(writes.subarray(0, length));
  target.set(more, length);
  return target;
}
