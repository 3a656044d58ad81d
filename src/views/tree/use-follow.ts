import { type RefObject, useEffect } from 'react';
import type { Rect } from '../../layout/tree-fit.ts';
import type { CardMark, Picture } from './tree-model.ts';
import type { Zoomer } from './zoomer.ts';

/** What changed comes into view, unless the reader holds the picture elsewhere. `moves`: from where the picture stands. */
export function useFollow(picture: Picture, zoomer: RefObject<Zoomer | null>, moves: boolean): void {
  useEffect(() => {
    const changed = picture.cards.find(
      (card) =>
        card.culprit !== '' || card.changed || card.rows.some((row) => row.kind !== 'stack' && row.changed),
    );
    if (changed !== undefined) zoomer.current?.show(placeRect(picture, changed), { moves });
  }, [picture, zoomer, moves]);
}

/** The card and the other versions of its place. */
function placeRect({ cards }: Picture, { frame, place, x, widthPx }: CardMark): Rect {
  const own = cards.filter((card) => card.frame === frame || (place !== null && card.place === place));
  const top = Math.min(...own.map(({ y }) => y));
  const bottom = Math.max(...own.map(({ y, heightPx }) => y + heightPx));
  return { x, y: top, widthPx, heightPx: bottom - top };
}
