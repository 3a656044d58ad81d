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
  const seen = new Map<number, Mark>();
  for (const mark of marks) {
    if (mark.x < 0 || mark.y < 0 || mark.x > widthPx || mark.y > heightPx) continue;
    const pixel = Math.floor(mark.y) * (Math.ceil(widthPx) + 1) + Math.floor(mark.x);
    const known = seen.get(pixel);
    if (known === undefined || rankOf(mark) > rankOf(known)) seen.set(pixel, mark);
  }
  const spots = ORDER.map((): Spot[] => []);
  for (const mark of seen.values()) spots[rankOf(mark)]?.push(mark);
  return ORDER.map((kind, rank) => ({ kind, spots: spots[rank] ?? [] })).filter((of) => of.spots.length > 0);
}
