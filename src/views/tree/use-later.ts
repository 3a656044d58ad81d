import { useEffect, useState } from 'react';
import { LONG_RUN } from '../../store/moments.ts';
import { useRun } from '../shown-run.ts';
import type { Picture } from './tree-model.ts';

/** After a leap what is out of sight follows when no other leap came for so long; milliseconds. */
const REST_MS = 120;

export interface Later {
  /** Cards out of sight still show an earlier moment. */
  readonly waits: boolean;
  /** All of the picture is drawn at once: it is about to be looked at. */
  readonly catchUp: () => void;
}

/**
 * From one leap in a long run to the next the tables change that nobody sees, several for each that is in sight. They
 * follow when the run rests or the picture is moved.
 */
export function useLater(picture: Picture): Later {
  const leapt = useRun(({ leapt, records }) => leapt === true && records.length > LONG_RUN);
  const [whole, setWhole] = useState<Picture | null>(null);
  const waits = leapt && whole !== picture;
  useEffect(() => {
    if (!waits) return undefined;
    const rest = setTimeout(() => setWhole(picture), REST_MS);
    return () => clearTimeout(rest);
  }, [waits, picture]);
  return { waits, catchUp: () => setWhole(picture) };
}
