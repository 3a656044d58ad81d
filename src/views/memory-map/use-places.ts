import { useMemo } from 'react';
import type { Place } from '../../worker/places.ts';
import { placesAt, type PlacesAt, placesByFrame } from './census.ts';

/** Which tables frames were at a moment of the run. All places are looked through once for a run, not for each moment. */
export function usePlaces(places: readonly Place[], cursor: number): PlacesAt {
  const byFrame = useMemo(() => placesByFrame(places), [places]);
  // Between two tables that come about nothing differs: whoever depends on it is left alone.
  const until = places.findLast(({ since }) => since <= cursor)?.since ?? -1;
  return useMemo(() => placesAt(byFrame, until), [byFrame, until]);
}
