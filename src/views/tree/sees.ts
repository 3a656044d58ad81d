import type { Rect } from '../../layout/tree-fit.ts';

/** Whether a place of the picture is in sight. */
export type Sees = (rect: Rect) => boolean;

/** What neither was in sight as it was drawn last nor is now need not be drawn yet; null: nothing waits. */
export function mayWait(sees: Sees | null, was: Rect, is: Rect): boolean {
  return sees !== null && !sees(was) && !sees(is);
}
