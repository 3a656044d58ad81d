import { cellAt } from '../../layout/memory-map.ts';
import { cornerOf, type Picture } from './painter.ts';

/** How near a sign has to be, in px, to be meant rather than the tiny cell below the pointer. */
const NEAR_PX = 6;

/** The frame at a point of the window: where cells are tiny, the nearest of those drawn larger; 0 for none. */
export function frameAt(picture: Picture, xPx: number, yPx: number): number {
  const { map, k, x, y, order } = picture;
  const near = map.cellPx * k < NEAR_PX ? nearestTracked(picture, xPx, yPx) : 0;
  if (near !== 0) return near;
  const place = cellAt(map, (xPx - x) / k, (yPx - y) / k);
  return place === null ? 0 : (order.nodes[place.node]?.frames[place.rank] ?? 0);
}

function nearestTracked(picture: Picture, xPx: number, yPx: number): number {
  const half = (picture.map.cellPx * picture.k) / 2;
  let nearest = 0;
  let least = NEAR_PX;
  for (let frame = 1; frame <= picture.scene.world.frames; frame++) {
    const { x, y } = cornerOf(picture, frame);
    const distance = Math.hypot(x + half - xPx, y + half - yPx);
    if (distance >= least) continue;
    least = distance;
    nearest = frame;
  }
  return nearest;
}
