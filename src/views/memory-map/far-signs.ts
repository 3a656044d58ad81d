import { FRAME_KINDS, type FrameKind } from '../../machine/world.ts';
import type { Spot } from './signs.ts';

/** The later, the more it matters: where signs cover each other, the last is seen. */
const ORDER: readonly FrameKind[] = [
  'data',
  'free',
  'kernel',
  'offline',
  'dropped',
  'table',
  'unlinked',
  'limbo',
  'freed-table',
  'new',
];

/** By number of a kind. */
const RANKS = Int32Array.from(FRAME_KINDS, (kind) => ORDER.indexOf(kind));

/** Where the signs of frames fall in a window, by frame id. Frames do not move: it is worked out once for a window. */
export interface FarSpots {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** The pixel of the window that the centre falls into; -1 outside. */
  readonly pixels: Int32Array;
  readonly pixelCount: number;
}

export interface FarArgs {
  /** Frames 1 to this one. */
  readonly frames: number;
  readonly centreOf: (frame: number) => Spot;
  readonly widthPx: number;
  readonly heightPx: number;
}

export function farSpots({ frames, centreOf, widthPx, heightPx }: FarArgs): FarSpots {
  const columns = Math.ceil(widthPx) + 1;
  const [xs, ys] = [new Float64Array(frames + 1), new Float64Array(frames + 1)];
  const pixels = new Int32Array(frames + 1).fill(-1);
  for (let frame = 1; frame <= frames; frame++) {
    const { x, y } = centreOf(frame);
    [xs[frame], ys[frame]] = [x, y];
    if (x >= 0 && y >= 0 && x <= widthPx && y <= heightPx)
      pixels[frame] = Math.floor(y) * columns + Math.floor(x);
  }
  return { xs, ys, pixels, pixelCount: columns * (Math.ceil(heightPx) + 1) };
}

export interface SpotsOfKind {
  readonly kind: FrameKind;
  readonly spots: readonly Spot[];
}

/**
 * Which signs are painted where cells are much smaller than signs: of all whose centres fall into the same pixel the one
 * that matters most. Kinds in the order of painting. `kinds`: by frame id, numbers in `FRAME_KINDS`. A seek in a long run
 * paints thousands of frames anew, so nothing is made for those that are not seen.
 */
export function farSigns(
  { xs, ys, pixels, pixelCount }: FarSpots,
  kinds: Int32Array,
): readonly SpotsOfKind[] {
  const rankOf = (frame: number): number => RANKS[kinds[frame] ?? 0] ?? 0;
  // By pixel: which frame is seen there; 0 for none.
  const seen = new Int32Array(pixelCount);
  for (let frame = 1; frame < pixels.length; frame++) {
    const pixel = pixels[frame] ?? -1;
    if (pixel < 0) continue;
    const known = seen[pixel] ?? 0;
    if (known === 0 || rankOf(frame) > rankOf(known)) seen[pixel] = frame;
  }
  const spots = ORDER.map((): Spot[] => []);
  for (let frame = 1; frame < pixels.length; frame++)
    if (seen[pixels[frame] ?? -1] === frame)
      spots[rankOf(frame)]?.push({ x: xs[frame] ?? 0, y: ys[frame] ?? 0 });
  return ORDER.map((kind, rank) => ({ kind, spots: spots[rank] ?? [] })).filter((of) => of.spots.length > 0);
}
