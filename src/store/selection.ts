/** What the reader points at or has chosen; every view marks it. */
export type Selection =
  | { readonly kind: 'frame'; readonly frame: number }
  | { readonly kind: 'entry'; readonly frame: number; readonly index: number }
  | { readonly kind: 'va'; readonly va: number }
  | { readonly kind: 'actor'; readonly actor: number }
  | { readonly kind: 'cpu'; readonly cpu: number };

export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  if (a === null || b === null) return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** True when the frame is what is chosen, or holds the chosen entry. */
export function marksFrame(selection: Selection | null, frame: number): boolean {
  if (selection === null) return false;
  return (selection.kind === 'frame' || selection.kind === 'entry') && selection.frame === frame;
}
