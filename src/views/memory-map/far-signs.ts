import type { FrameKind } from '../../machine/world.ts';
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

const RANKS: ReadonlyMap<FrameKind, number> = new Map(ORDER.map((kind, rank) => [kind, rank]));
const rankOf = ({ kind }: Mark): number => RANKS.get(kind) ?? -1;

export interface Mark extends Spot {
  readonly kind: FrameKind;
}

export interface SpotsOfKind {
  readonly kind: FrameKind;
  readonly spots: readonly Spot[];
}

/**
 * Which signs are painted where cells are much smaller than signs: of all whose centres fall into the same pixel the one
 * that matters most. Kinds in the order of painting. Marks outside of the window are left out.
 */
export function farSigns(
  marks: readonly Mark[],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
): readonly SpotsOfKind[] {
  const columns = Math.ceil(widthPx) + 1;
  // By pixel: which mark is seen there, counted from 1.
  const seen = new Int32Array(columns * (Math.ceil(heightPx) + 1));
  const pixelOf = ({ x, y }: Spot): number => Math.floor(y) * columns + Math.floor(x);
  const inside = marks.filter(({ x, y }) => x >= 0 && y >= 0 && x <= widthPx && y <= heightPx);
  inside.forEach((mark, i) => {
    const pixel = pixelOf(mark);
    const known = inside[(seen[pixel] ?? 0) - 1];
    if (known === undefined || rankOf(mark) > rankOf(known)) seen[pixel] = i + 1;
  });
  const spots = ORDER.map((): Spot[] => []);
  inside.forEach((mark, i) => {
    if (seen[pixelOf(mark)] === i + 1) spots[rankOf(mark)]?.push(mark);
  });
  return ORDER.map((kind, rank) => ({ kind, spots: spots[rank] ?? [] })).filter((of) => of.spots.length > 0);
}
