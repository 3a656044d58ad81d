import { lastFrame } from '../../layout/memory-map-order.ts';
import { kindOf, type Scene } from '../../machine/decode.ts';
import { fieldOf } from '../../program/layout.ts';
import { FRAME_KINDS, type FrameKind } from '../../machine/world.ts';
import type { Place } from '../../worker/places.ts';
import { grouped } from '../grouped.ts';

/** Kinds that a run is about: shown even when there is none, so that nothing moves when there is one. */
const ALWAYS: readonly FrameKind[] = ['table', 'limbo', 'freed-table', 'new', 'free', 'data'];

export interface KindCount {
  readonly kind: FrameKind;
  readonly count: number;
}

/** How many frames there are of each kind. What a run cannot change is data. */
export function census({ world, layout, words }: Scene): readonly KindCount[] {
  const counts = new Uint32Array(FRAME_KINDS.length);
  const { offset } = fieldOf(layout, 'frame.kind');
  for (let frame = 1; frame <= world.frames; frame++) {
    const kind = words[offset + frame] ?? 0;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const data = FRAME_KINDS.indexOf('data');
  counts[data] = (counts[data] ?? 0) + lastFrame(world) - world.frames;
  const rest = FRAME_KINDS.filter((kind) => !ALWAYS.includes(kind));
  return [...ALWAYS, ...rest]
    .map((kind) => ({ kind, count: counts[FRAME_KINDS.indexOf(kind)] ?? 0 }))
    .filter(({ kind, count }) => count > 0 || ALWAYS.includes(kind));
}

/** A number that differs when the kind of any frame does (but for rare accidents): what a drawing depends on. */
export function kindsDigest({ world, layout, words }: Scene): number {
  const { offset } = fieldOf(layout, 'frame.kind');
  let digest = 0;
  for (let frame = 1; frame <= world.frames; frame++)
    digest = (Math.imul(digest, 31) + (words[offset + frame] ?? 0)) | 0;
  return digest;
}

/** Which table a frame was at a moment. */
export interface PlacesAt {
  readonly get: (frame: number) => Place | undefined;
}

/** All places of a run by frame id, oldest first. */
export function placesByFrame(places: readonly Place[]): ReadonlyMap<number, readonly Place[]> {
  return grouped(places, ({ frame }) => frame);
}

/** What each frame was last at the step `until`. */
export function placesAt(byFrame: ReturnType<typeof placesByFrame>, until: number): PlacesAt {
  return { get: (frame) => byFrame.get(frame)?.findLast(({ since }) => since <= until) };
}

/** The level name of a frame that is or was a table of the tree; empty for all others. */
export function levelName(scene: Scene, places: PlacesAt, frame: number): string {
  const kind = kindOf(scene, frame);
  if (kind !== 'table' && kind !== 'limbo' && kind !== 'freed-table' && kind !== 'unlinked') return '';
  return scene.world.levels[places.get(frame)?.level ?? -1]?.name ?? '';
}
