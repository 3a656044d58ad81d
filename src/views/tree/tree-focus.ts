import { type Scene, threadPointers } from '../../machine/decode.ts';
import type { Place } from '../../worker/places.ts';
import { placeKey } from './tree-places.ts';

/** What of the store decides which tables have cards. */
export interface Live {
  readonly scene: Scene;
  readonly cursor: number;
  readonly places: readonly Place[];
}

export interface Focus {
  /** The place that moves now, else the one that moved last; null before the first move. */
  readonly key: string | null;
  /** The place of the frame that is chosen; null for none. */
  readonly extra: string | null;
}

/** Places that a large tree shows beside the way to its addresses. */
export function focusPlace({ scene, cursor, places }: Live, chosen: number): Focus {
  const moving = threadPointers(scene).find(({ name }) => name === 'rel_old')?.frame ?? 0;
  const place = moving === 0 ? lastMoved(places, cursor) : places.find(({ frame }) => frame === moving);
  const extra = chosen === 0 ? undefined : places.find(({ frame }) => frame === chosen);
  return { key: keyOf(place), extra: keyOf(extra) };
}

function keyOf(place: Place | undefined): string | null {
  return place === undefined ? null : placeKey(place.mm, place.path);
}

function lastMoved(places: readonly Place[], cursor: number): Place | undefined {
  let last: Place | undefined;
  for (const place of places)
    if (place.since > 0 && place.since <= cursor && place.since >= (last?.since ?? 0)) last = place;
  return last;
}
