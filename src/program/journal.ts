/**
 * Every write of a run, in order, so that any moment can be reached from any other: `old` values lead back,
 * `fresh` values lead on. One entry per word that really changed.
 */
export interface Journal {
  /** Number of writes. */
  length: number;
  offsets: Int32Array;
  old: Int32Array;
  fresh: Int32Array;
}

export function createJournal(capacity = 1024): Journal {
  return {
    length: 0,
    offsets: new Int32Array(capacity),
    old: new Int32Array(capacity),
    fresh: new Int32Array(capacity),
  };
}

function grown(source: Int32Array): Int32Array {
  const target = new Int32Array(source.length * 2);
  target.set(source);
  return target;
}

/** Writes one word of a state through the journal. A write that changes nothing leaves no trace. */
export function writeWord(words: Int32Array, journal: Journal, offset: number, value: number): void {
  const old = words[offset];
  if (old === undefined) throw new Error(`write outside the state, at word ${String(offset)}`);
  if (old === value) return;
  if (journal.length === journal.offsets.length) {
    journal.offsets = grown(journal.offsets);
    journal.old = grown(journal.old);
    journal.fresh = grown(journal.fresh);
  }
  journal.offsets[journal.length] = offset;
  journal.old[journal.length] = old;
  journal.fresh[journal.length] = value;
  journal.length += 1;
  words[offset] = value;
}

/** Takes back the writes from `length` down to `mark`, and forgets them. */
export function undoTo(words: Int32Array, journal: Journal, mark: number): void {
  moveBack(words, journal, { from: journal.length, to: mark });
  journal.length = mark;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Takes back writes [to, from) without forgetting them. */
export function moveBack(words: Int32Array, journal: Journal, { from, to }: Span): void {
  for (let i = from - 1; i >= to; i--) words[journal.offsets[i] ?? 0] = journal.old[i] ?? 0;
}

/** Carries out writes [from, to) again. */
export function moveOn(words: Int32Array, journal: Journal, { from, to }: Span): void {
  for (let i = from; i < to; i++) words[journal.offsets[i] ?? 0] = journal.fresh[i] ?? 0;
}
