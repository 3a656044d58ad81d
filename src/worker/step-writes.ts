import { at } from '../lib/at.ts';
import type { Session } from './session.ts';

/** A word that a step left different. */
export interface StepWrite {
  readonly offset: number;
  readonly before: number;
  readonly after: number;
}

/** Words of a state: `from` up to but not including `to`. */
export interface WordRange {
  readonly from: number;
  readonly to: number;
}

/**
 * What a step did to the state as a whole, in the order of its first writes: a step is one for whoever looks on, so that a
 * word written twice changed once, and one that was put back did not. `index` is 0 for the first step; below that there is
 * nothing. Only words of `ranges`; of all where that is left out.
 */
export function stepWrites(
  { machine: { journal }, marks }: Session['run'],
  index: number,
  ranges?: readonly WordRange[],
): readonly StepWrite[] {
  const writes = new Map<number, StepWrite>();
  for (let i = marks[index] ?? 0; i < at(marks, index + 1); i++) {
    const offset = at(journal.offsets, i);
    if (ranges?.some(({ from, to }) => offset >= from && offset < to) === false) continue;
    const before = writes.get(offset)?.before ?? at(journal.old, i);
    writes.set(offset, { offset, before, after: at(journal.fresh, i) });
  }
  return [...writes.values()].filter(({ before, after }) => before !== after);
}
