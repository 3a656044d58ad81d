import { at } from '../../lib/at.ts';
import type { MapInks } from './map-inks.tsx';

/** Frames as an image of one pixel a frame, and the same at half, a quarter … of its size, for far away. */
export interface FrameBitmap {
  readonly columns: number;
  readonly rows: number;
  /** By kind: its pixel in the nearest level. */
  readonly inkOf: Uint32Array;
  /** Level n is 2^n times smaller each way. */
  readonly levels: readonly HTMLCanvasElement[];
}

export interface BitmapWish {
  readonly map: Uint8Array;
  readonly columns: number;
  readonly inks: MapInks;
  /** A kind that is shown alone, so that a single frame of it is seen from any distance; null for all in their colours. */
  readonly highlight: number | null;
}

/** From this width on an image is not halved any more. */
const LEAST_COLUMNS = 64;

/** Columns for a map: 2^n or 3 · 2^n, so that blocks are in line, whichever makes frames largest in the room. */
export function columnsFor(frames: number, widthPx: number, heightPx: number): number {
  const cell = (columns: number): number =>
    Math.min(widthPx / columns, heightPx / Math.ceil(frames / columns));
  const choices = Array.from({ length: 16 }, (_, n) => [2 ** (n + 3), 3 * 2 ** (n + 2)]).flat();
  return choices.reduce((best, columns) => (cell(columns) > cell(best) ? columns : best));
}

export function paintBitmap(wish: BitmapWish): FrameBitmap {
  const { map, columns, inks, highlight } = wish;
  const rows = Math.ceil(map.length / columns);
  if (highlight !== null) {
    const inkOf = inks.pixels.map((_, kind) => (kind === highlight ? inks.strong : inks.faint));
    return { columns, rows, inkOf, levels: highlighted(wish, highlight) };
  }
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let frame = 0; frame < map.length; frame++) pixels[frame] = at(inks.pixels, at(map, frame));
  const levels = [canvasOf(image)];
  for (let level = at(levels, 0); level.width > LEAST_COLUMNS && level.height > 1;) {
    level = halved(level);
    levels.push(level);
  }
  return { columns, rows, inkOf: inks.pixels, levels };
}

function canvasOf(image: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

/** Half the size: each pixel is the mean of four. */
function halved(from: HTMLCanvasElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(from.width / 2);
  canvas.height = Math.ceil(from.height / 2);
  canvas.getContext('2d')?.drawImage(from, 0, 0, from.width / 2, from.height / 2);
  return canvas;
}

/** A pixel is strong when any of its frames is of the kind: means would let one frame in a thousand fade. */
function highlighted({ map, columns, inks }: BitmapWish, kind: number): HTMLCanvasElement[] {
  const levels: HTMLCanvasElement[] = [];
  let [hits, width, height] = [new Uint8Array(map.length), columns, Math.ceil(map.length / columns)];
  for (let frame = 0; frame < map.length; frame++) if (map[frame] === kind) hits[frame] = 1;
  for (;;) {
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let i = 0; i < hits.length; i++) pixels[i] = hits[i] === 1 ? inks.strong : inks.faint;
    levels.push(canvasOf(image));
    if (width <= LEAST_COLUMNS || height <= 1) return levels;
    [hits, width, height] = [anyOfFour(hits, width, height), width / 2, Math.ceil(height / 2)];
  }
}

function anyOfFour(hits: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const half = width / 2;
  const any = new Uint8Array(half * Math.ceil(height / 2));
  for (let i = 0; i < hits.length; i++)
    if (hits[i] === 1) any[(Math.floor(i / width) >> 1) * half + ((i % width) >> 1)] = 1;
  return any;
}

/** The level to draw from when a frame is so many device pixels wide: at most one of its pixels for each of the screen's. */
export function levelFor({ levels }: FrameBitmap, framePx: number): number {
  const far = Math.floor(Math.log2(1 / Math.min(1, framePx)) + 0.25);
  return Math.min(levels.length - 1, Math.max(0, far));
}
