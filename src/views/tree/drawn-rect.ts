import type { Rect } from '../../layout/tree-fit.ts';
import type { PageMark, Picture } from './tree-model.ts';

/** A page's card, and a line of who leads to it. */
const PAGE_PX = 24;
const FOOT_PX = 19;

/** The place of a page's card with all that stands under it. */
export function pageRect({ x, y, widthPx, feet }: PageMark): Rect {
  return { x, y, widthPx, heightPx: PAGE_PX + feet.length * FOOT_PX };
}

/** Where the tables and pages of a moment stand, in px of the picture; nothing at its top left where there are none. */
export function drawnRect({ cards, pages }: Picture): Rect {
  const boxes: readonly Rect[] = [...cards, ...pages.map(pageRect)];
  if (boxes.length === 0) return { x: 0, y: 0, widthPx: 0, heightPx: 0 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    ...{ x, y },
    widthPx: Math.max(...boxes.map((box) => box.x + box.widthPx)) - x,
    heightPx: Math.max(...boxes.map((box) => box.y + box.heightPx)) - y,
  };
}
