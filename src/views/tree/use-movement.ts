import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Rect } from '../../layout/tree-fit.ts';
import { markMoving } from './moving.ts';
import type { CardMark, Picture } from './tree-model.ts';
import type { Zoomer } from './zoomer.ts';

/** Cards and edges move by CSS: while they do the page is not idle. */
export function useMovement(picture: Picture): void {
  const before = useRef('');
  useLayoutEffect(() => {
    const shape = shapeOf(picture);
    if (before.current !== '' && before.current !== shape) markMoving(260);
    before.current = shape;
  }, [picture]);
}

function shapeOf({ cards, edges, rails }: Picture): string {
  const spots = cards.map(({ frame, x, y, state }) => [frame, x, y, state].join());
  return [
    ...spots,
    ...edges.map(({ d }) => d),
    ...rails.flatMap(({ chips }) => chips.map(({ lane }) => lane)),
  ].join(';');
}

/** What changed comes into view, unless the reader holds the picture elsewhere. */
export function useFollow(picture: Picture, zoomer: RefObject<Zoomer | null>): void {
  useEffect(() => {
    const changed = picture.cards.find(
      (card) =>
        card.culprit !== '' || card.changed || card.rows.some((row) => row.kind !== 'stack' && row.changed),
    );
    if (changed !== undefined) zoomer.current?.show(placeRect(picture, changed), false);
  }, [picture, zoomer]);
}

/** The card and the other versions of its place. */
function placeRect({ cards }: Picture, { frame, place, x, widthPx }: CardMark): Rect {
  const own = cards.filter((card) => card.frame === frame || (place !== null && card.place === place));
  const top = Math.min(...own.map(({ y }) => y));
  const bottom = Math.max(...own.map(({ y, heightPx }) => y + heightPx));
  return { x, y: top, widthPx, heightPx: bottom - top };
}
