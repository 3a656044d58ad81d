import type { LockName } from '../formats/pick.ts';

/** What the reader points at or has chosen; every view marks it. */
export type Selection =
  | { readonly kind: 'frame'; readonly frame: number }
  | { readonly kind: 'entry'; readonly frame: number; readonly index: number }
  | { readonly kind: 'va'; readonly va: number }
  | { readonly kind: 'actor'; readonly actor: number }
  | { readonly kind: 'cpu'; readonly cpu: number }
  /** A lock: of a process by its number, or the ptl of a frame. */
  | { readonly kind: 'lock'; readonly lock: LockName; readonly of: number };

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** True when the frame is what is chosen, or holds the chosen entry. */
export function marksFrame(selection: Selection | null, frame: number): boolean {
  if (selection === null) return false;
  if (selection.kind === 'lock') return selection.lock === 'ptl' && selection.of === frame;
  return (selection.kind === 'frame' || selection.kind === 'entry') && selection.frame === frame;
}
