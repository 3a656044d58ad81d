import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react';
import { cellCorner, type Direction, neighbour } from '../../layout/memory-map.ts';
import { point, useWorkbench } from '../../store/workbench.ts';
import { toggleSelected } from '../threads/linked.ts';
import type { MapWindow } from './map-window.ts';
import type { Picture } from './painter.ts';
import { frameAt } from './pick.ts';

export const ARROWS: Readonly<Partial<Record<string, Direction>>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** Points at frames by pointer and keys, chooses them by click and Enter, zooms by keys. */
export function useCanvasInput(picture: Picture | null, view: MapWindow) {
  const active = useRef(0);
  const pointAt = (frame: number): void => {
    if (frame === 0 && useWorkbench.getState().hover === null) return;
    if (frame !== 0) active.current = frame;
    point(frame === 0 ? null : { kind: 'frame', frame });
  };
  const choose = (frame: number): void => {
    if (frame !== 0) toggleSelected({ kind: 'frame', frame });
  };
  return {
    onPointerMove: (event: PointerEvent) => {
      if (event.buttons === 0) pointAt(under(picture, event));
    },
    onPointerLeave: () => point(null),
    onBlur: () => point(null),
    onClick: (event: MouseEvent) => choose(under(picture, event)),
    onKeyDown: (event: KeyboardEvent) => {
      if (picture === null) return;
      const moved = moveBy(picture, active.current, event.key);
      if (moved !== null) {
        pointAt(moved);
        bringIntoView(picture, view, moved);
      } else if (event.key === 'Enter' || event.key === ' ') choose(active.current);
      else if (event.key === '+' || event.key === '=') view.zoomBy(2);
      else if (event.key === '-') view.zoomBy(0.5);
      else if (event.key === '0') view.showAll();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

interface At {
  readonly nativeEvent: { readonly offsetX: number; readonly offsetY: number };
}

function under(picture: Picture | null, { nativeEvent }: At): number {
  return picture === null ? 0 : frameAt(picture, nativeEvent.offsetX, nativeEvent.offsetY);
}

/** The frame that a key leads to; null when the key is no arrow. */
function moveBy({ scene, order, map }: Picture, active: number, key: string): number | null {
  const direction = ARROWS[key];
  if (direction === undefined) return null;
  if (active === 0) return order.nodes.find(({ frames }) => frames.length > 0)?.frames[0] ?? null;
  const from = { node: scene.world.node[active] ?? 0, rank: order.rank[active] ?? 0 };
  const to = neighbour(map, from, direction);
  return order.nodes[to.node]?.frames[to.rank] ?? active;
}

function bringIntoView(
  { scene, order, map, k, x, y, widthPx, heightPx }: Picture,
  view: MapWindow,
  frame: number,
): void {
  const corner = cellCorner(map, { node: scene.world.node[frame] ?? 0, rank: order.rank[frame] ?? 0 });
  const [left, top] = [corner.xPx * k + x, corner.yPx * k + y];
  const size = map.cellPx * k;
  const inside = left >= 0 && top >= 0 && left + size <= widthPx && top + size <= heightPx;
  if (!inside) view.show(corner.xPx + map.cellPx / 2, corner.yPx + map.cellPx / 2, k);
}
