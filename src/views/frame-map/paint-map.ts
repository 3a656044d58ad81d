import { at } from '../../lib/at.ts';
import { MAP_KINDS } from '../../reports/memory/map-kinds.ts';
import { type FrameBitmap, levelFor } from './frame-bitmap.ts';
import type { MapInks } from './map-inks.tsx';
import { MAP_LOOKS } from './map-looks.ts';

/** What is seen of a map: frames of `cellPx`, times `k`, moved by x and y. */
export interface MapView {
  readonly cellPx: number;
  readonly k: number;
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** From this size a frame bears the letter of its kind. */
const LETTER_PX = 14;

export interface MapPicture {
  readonly map: Uint8Array;
  readonly bitmap: FrameBitmap;
  readonly inks: MapInks;
  readonly view: MapView;
  /** First frames of nodes after the first: a line above each. */
  readonly borders: readonly number[];
}

/** Draws the map. Its work depends on the size of the window, not on how many frames there are. */
export function paintMap(canvas: HTMLCanvasElement, picture: MapPicture): void {
  const { bitmap, view, inks, borders } = picture;
  const ratio = devicePixelRatio;
  const [width, height] = [Math.round(view.widthPx * ratio), Math.round(view.heightPx * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const ctx = canvas.getContext('2d');
  if (ctx === null) return;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, view.widthPx, view.heightPx);
  const size = view.cellPx * view.k;
  ctx.imageSmoothingEnabled = size * ratio < 1;
  const far = levelFor(bitmap, size * ratio);
  const level = at(bitmap.levels, far);
  const pixel = size * 2 ** far;
  ctx.drawImage(level, view.x, view.y, level.width * pixel, level.height * pixel);
  ctx.fillStyle = inks.text;
  for (const frame of borders) {
    const top = Math.floor(frame / bitmap.columns) * size + view.y;
    ctx.fillRect(0, top - 1, bitmap.columns * size + view.x, 2);
  }
  if (size >= LETTER_PX) paintLetters(ctx, picture, size);
}

function paintLetters(
  ctx: CanvasRenderingContext2D,
  { map, bitmap, inks, view }: MapPicture,
  size: number,
): void {
  ctx.font = `${String(Math.min(16, size * 0.6))}px ${inks.font}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.strokeStyle = inks.text;
  ctx.lineWidth = 0.25;
  const range = (move: number, length: number, count: number): readonly [number, number] => [
    Math.max(0, Math.floor(-move / size)),
    Math.min(count, Math.ceil((length - move) / size)),
  ];
  const [left, right] = range(view.x, view.widthPx, bitmap.columns);
  const [top, bottom] = range(view.y, view.heightPx, bitmap.rows);
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const kind = MAP_KINDS[map[row * bitmap.columns + column] ?? -1];
      if (kind === undefined) continue;
      const [x, y] = [column * size + view.x, row * size + view.y];
      ctx.strokeRect(x, y, size, size);
      ctx.fillStyle = letterInk(bitmap.inkOf[MAP_KINDS.indexOf(kind)] ?? 0);
      ctx.fillText(MAP_LOOKS[kind].letter, x + size / 2, y + size / 2 + 1);
    }
}

/** Black on light, white on dark: whichever is told apart better (weights of luminance: ITU-R BT.709). */
function letterInk(pixel: number): string {
  const [red, green, blue] = [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 120 ? '#000' : '#fff';
}
