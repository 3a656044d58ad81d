import type { FrameKind } from '../../machine/world.ts';

interface Spot {
  /** Centre and size in px. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The sign of a kind as a shape, in the colours that the context has: told apart without colour, from 5 px on. */
export function paintSign(ctx: CanvasRenderingContext2D, kind: FrameKind, { x, y, size }: Spot): void {
  const half = size / 2;
  ctx.lineWidth = Math.max(1, size / 7);
  switch (kind) {
    case 'table':
      ctx.fillRect(x - half, y - half, size, size);
      return;
    case 'data':
      ctx.fillRect(x - half / 2, y - half / 2, half, half);
      return;
    case 'limbo':
    case 'unlinked':
      paintHalfDisc(ctx, { x, y, size });
      return;
    case 'freed-table':
    case 'dropped':
    case 'offline':
      line(ctx, [x - half, y - half, x + half, y + half]);
      line(ctx, [x - half, y + half, x + half, y - half]);
      return;
    case 'new':
    case 'kernel':
      line(ctx, [x - half, y, x + half, y]);
      line(ctx, [x, y - half, x, y + half]);
      return;
    case 'free':
      ctx.strokeRect(x - half + 0.5, y - half + 0.5, size - 1, size - 1);
  }
}

function paintHalfDisc(ctx: CanvasRenderingContext2D, { x, y, size }: Spot): void {
  const radius = size * 0.6;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, radius, Math.PI / 2, (3 * Math.PI) / 2);
  ctx.fill();
}

function line(
  ctx: CanvasRenderingContext2D,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
