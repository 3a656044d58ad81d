import type { FrameKind } from '../../machine/world.ts';

/** Centre of a sign in px. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Signs {
  readonly kind: FrameKind;
  /** In px, the same for all. */
  readonly size: number;
  readonly spots: readonly Spot[];
}

/**
 * Signs of one kind as shapes, in the colours that the context has: told apart without colour, from 5 px on. They are one
 * path: a stroke for each of thousands takes several times as long.
 */
export function paintSigns(ctx: CanvasRenderingContext2D, { kind, size, spots }: Signs): void {
  const half = size / 2;
  ctx.lineWidth = Math.max(1, size / 7);
  ctx.beginPath();
  switch (kind) {
    case 'table':
      for (const { x, y } of spots) ctx.rect(x - half, y - half, size, size);
      ctx.fill();
      return;
    case 'data':
      for (const { x, y } of spots) ctx.rect(x - half / 2, y - half / 2, half, half);
      ctx.fill();
      return;
    case 'limbo':
    case 'unlinked':
      paintHalfDiscs(ctx, spots, size * 0.6);
      return;
    case 'freed-table':
    case 'dropped':
    case 'offline':
      for (const { x, y } of spots) {
        addLine(ctx, [x - half, y - half, x + half, y + half]);
        addLine(ctx, [x - half, y + half, x + half, y - half]);
      }
      break;
    case 'new':
    case 'kernel':
      for (const { x, y } of spots) {
        addLine(ctx, [x - half, y, x + half, y]);
        addLine(ctx, [x, y - half, x, y + half]);
      }
      break;
    case 'free':
      for (const { x, y } of spots) ctx.rect(x - half + 0.5, y - half + 0.5, size - 1, size - 1);
  }
  ctx.stroke();
}

function paintHalfDiscs(ctx: CanvasRenderingContext2D, spots: readonly Spot[], radius: number): void {
  for (const { x, y } of spots) {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
  ctx.stroke();
  ctx.beginPath();
  for (const { x, y } of spots) {
    ctx.moveTo(x, y + radius);
    ctx.arc(x, y, radius, Math.PI / 2, (3 * Math.PI) / 2);
  }
  ctx.fill();
}

function addLine(
  ctx: CanvasRenderingContext2D,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): void {
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
}
