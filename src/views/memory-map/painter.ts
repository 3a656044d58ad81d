import { cellCorner, type MemoryMapLayout, type NodeBlock, rowsBetween } from '../../layout/memory-map.ts';
import type { FrameOrder } from '../../layout/memory-map-order.ts';
import { kindOf, type Scene } from '../../machine/decode.ts';
import { pfnText } from '../../machine/words.ts';
import { fieldOf } from '../../program/layout.ts';
import type { Inks } from './inks.ts';
import { farSigns, type FarSpots, farSpots } from './far-signs.ts';
import { paintSigns, type Spot } from './signs.ts';

/** What is painted, and through which window: map coordinates times `k`, moved by x and y. */
export interface Picture {
  readonly scene: Scene;
  readonly order: FrameOrder;
  readonly map: MemoryMapLayout;
  readonly inks: Inks;
  readonly k: number;
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** From this size cells are drawn one by one, from the other they bear their number. */
export const SINGLE_PX = 4;
const NUMBER_PX = 54;
/** What a run is about is never drawn smaller. */
const LEAST_SIGN_PX = 5;

/** What no step changes: the frames of the nodes as pages of data. Its work does not depend on how many there are. */
export function paintBase(ctx: CanvasRenderingContext2D, picture: Picture): void {
  const { map, k, y, widthPx, heightPx } = picture;
  ctx.clearRect(0, 0, widthPx, heightPx);
  for (const block of map.nodes) {
    if (map.cellPx * k >= SINGLE_PX) paintCells(ctx, picture, block);
    else paintArea(ctx, picture, block);
  }
  ctx.fillStyle = picture.inks.text;
  for (const { node, topPx } of map.nodes) if (node > 0) ctx.fillRect(0, topPx * k + y - 1, widthPx, 2);
}

/** All full rows of a node as one area, and what is left of the last. */
function paintArea(ctx: CanvasRenderingContext2D, { map, inks, k, x, y }: Picture, block: NodeBlock): void {
  const size = map.cellPx * k;
  const top = block.topPx * k + y;
  const full = Math.floor(block.count / map.columns);
  ctx.fillStyle = inks.kinds.get('data')?.soft ?? '';
  ctx.fillRect(x, top, map.columns * size, full * size);
  ctx.fillRect(x, top + full * size, (block.count % map.columns) * size, size);
}

function paintCells(ctx: CanvasRenderingContext2D, picture: Picture, block: NodeBlock): void {
  const { scene, order, map, k, x, y, widthPx, heightPx } = picture;
  const size = map.cellPx * k;
  const frames = order.nodes[block.node]?.frames ?? new Uint32Array(0);
  const [first, end] = rowsBetween(map, block, [-y / k, (heightPx - y) / k]);
  const left = Math.max(0, Math.floor(-x / size));
  const right = Math.min(map.columns, Math.ceil((widthPx - x) / size));
  for (let row = first; row < end; row++)
    for (let column = left; column < right; column++) {
      const frame = frames[row * map.columns + column];
      if (frame === undefined) break;
      const corner = { x: column * size + x, y: (block.topPx + row * map.cellPx) * k + y, size };
      if (frame > scene.world.frames) paintCell(ctx, picture, { ...corner, frame, level: '' });
    }
}

interface Cell {
  readonly frame: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly level: string;
}

function paintCell(ctx: CanvasRenderingContext2D, { scene, inks }: Picture, cell: Cell): void {
  const { frame, x, y, size, level } = cell;
  const kind = kindOf(scene, frame);
  const ink = inks.kinds.get(kind);
  if (ink === undefined) return;
  const gap = size >= 8 ? 1 : 0.5;
  ctx.fillStyle = ink.soft;
  ctx.fillRect(x, y, size - gap, size - gap);
  ctx.strokeStyle = ctx.fillStyle = ink.line;
  ctx.lineWidth = 1;
  if (size >= 12) ctx.strokeRect(x + 0.5, y + 0.5, size - gap - 1, size - gap - 1);
  if (size < NUMBER_PX) {
    if (kind !== 'data' || size >= 12)
      paintSigns(ctx, { kind, size: size * 0.5, spots: [{ x: x + size / 2, y: y + size / 2 }] });
    return;
  }
  paintSigns(ctx, { kind, size: 10, spots: [{ x: x + 12, y: y + 14 }] });
  ctx.fillStyle = inks.text;
  ctx.font = `${String(inks.fontPx)}px ${inks.font}`;
  ctx.textBaseline = 'middle';
  ctx.fillText(level, x + 22, y + 14, size - 26);
  const pfn = scene.world.pfn[frame] ?? 0;
  ctx.fillText(pfn === 0 ? '?' : pfnText(pfn), x + 5, y + size - 14, size - 10);
}

/** What steps may change: tables, and frames for them. Drawn large enough to be seen and told apart at any scale. */
export function paintTracked(
  ctx: CanvasRenderingContext2D,
  picture: Picture,
  levelOf: (frame: number) => string,
): void {
  const { scene, map, k, widthPx, heightPx } = picture;
  ctx.clearRect(0, 0, widthPx, heightPx);
  const size = map.cellPx * k;
  if (size < LEAST_SIGN_PX) {
    paintFar(ctx, picture);
    return;
  }
  for (let frame = 1; frame <= scene.world.frames; frame++) {
    const { x, y } = cornerOf(picture, frame);
    if (x < -size || y < -size || x > widthPx || y > heightPx) continue;
    paintCell(ctx, picture, { frame, x, y, size, level: levelOf(frame) });
  }
}

/** By picture: where its signs fall. */
const FAR = new WeakMap<Picture, FarSpots>();

function farSpotsOf(picture: Picture): FarSpots {
  const known = FAR.get(picture);
  if (known !== undefined) return known;
  const { scene, map, k, widthPx, heightPx } = picture;
  const half = (map.cellPx * k) / 2;
  const centreOf = (frame: number): Spot => {
    const { x, y } = cornerOf(picture, frame);
    return { x: x + half, y: y + half };
  };
  const spots = farSpots({ frames: scene.world.frames, centreOf, widthPx, heightPx });
  FAR.set(picture, spots);
  return spots;
}

function paintFar(ctx: CanvasRenderingContext2D, picture: Picture): void {
  const { world, layout, words } = picture.scene;
  const { offset } = fieldOf(layout, 'frame.kind');
  const kinds = words.subarray(offset, offset + world.frames + 1);
  for (const { kind, spots } of farSigns(farSpotsOf(picture), kinds)) {
    ctx.strokeStyle = ctx.fillStyle = picture.inks.kinds.get(kind)?.line ?? '';
    paintSigns(ctx, { kind, size: LEAST_SIGN_PX, spots });
  }
}

export function cornerOf({ scene, order, map, k, x, y }: Picture, frame: number): { x: number; y: number } {
  const corner = cellCorner(map, { node: scene.world.node[frame] ?? 0, rank: order.rank[frame] ?? 0 });
  return { x: corner.xPx * k + x, y: corner.yPx * k + y };
}
