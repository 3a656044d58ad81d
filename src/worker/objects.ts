import type { Piece } from '../program/interpret.ts';

/** Something of a state whose changes can be told one after the other. */
export type StateObject =
  /** All that belongs to a frame: its kind, dirty bit, ptl, link, and the entries that it holds. */
  | { readonly kind: 'frame'; readonly frame: number }
  /** One entry of a table. */
  | { readonly kind: 'entry'; readonly frame: number; readonly index: number }
  /** All fields of one CPU: CR3, TLB, walk caches, IPIs. */
  | { readonly kind: 'cpu'; readonly cpu: number }
  /** All fields of one process: pgd, locks, flags, masks. */
  | { readonly kind: 'mm'; readonly mm: number }
  /** One word, a lock for instance: `mm.page_table_lock` column mm, `frame.ptl` column frame. */
  | { readonly kind: 'word'; readonly field: string; readonly row: number; readonly col: number }
  /** What an actor remembers: the fields of its locals. */
  | { readonly kind: 'locals'; readonly fields: readonly string[] };

/**
 * What a reason is about: the entry that it names first ("pmd[1] in frame 17"), else the first frame; null where it
 * names neither.
 */
export function objectIn(why: readonly Piece[]): StateObject | null {
  let frame: StateObject | null = null;
  for (const [i, piece] of why.entries()) {
    if (typeof piece === 'string') continue;
    const [between, holder] = [why[i + 1], why[i + 2]];
    const entry = piece.as === 'number' && between === '] in ' && typeof holder === 'object';
    if (entry) return { kind: 'entry', frame: holder.value, index: piece.value };
    if (piece.as === 'frame' && piece.value !== 0) frame ??= { kind: 'frame', frame: piece.value };
  }
  return frame;
}
