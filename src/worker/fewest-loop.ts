import { engineText, tablesObject } from '../explorer/engine.ts';
import {
  fewestFigures,
  fewestOn,
  type FewestSearch,
  type FewestSwitches,
  isBeyond,
  startFewest,
} from '../explorer/fewest-switches.ts';
import { firstWords } from '../explorer/first-words.ts';
import { inSlices, SLICE_MS } from './in-slices.ts';
import { assemble, type LoopArgs, scheduleOf } from './search-loop.ts';
import type { FewestFound, SearchProgress } from './search-protocol.ts';

export interface FewestArgs extends Omit<LoopArgs, 'aim' | 'reduce'> {
  readonly properties: readonly string[];
}

/** Places between two looks at the clock. */
const BATCH = 500;

/** Looks for schedules with the fewest switches that break these properties of a subject, in slices, within the bounds. */
export async function fewestLoop(args: FewestArgs): Promise<FewestFound> {
  const search = begin(args);
  const { result } = await inSlices({
    ...args,
    slice: () => slice(search, args),
    figures: (seconds) => progressOf(search, seconds),
  });
  const { found } = result;
  if (found === null) return { kind: 'fewest', schedules: null };
  return {
    kind: 'fewest',
    schedules: new Map([...found].map(([id, { moves }]) => [id, scheduleOf(moves)])),
  };
}

function begin({ subject, make, properties }: FewestArgs): FewestSearch {
  const spec = assemble(subject).built.model;
  const engine = make(firstWords(spec), tablesObject(spec));
  return startFewest(engine, engineText(spec), properties);
}

interface Ended {
  /** Null: a bound was met, or the user wanted no more. */
  readonly found: ReadonlyMap<string, FewestSwitches> | null;
}

function slice(search: FewestSearch, { bounds, control, now }: FewestArgs): Ended | null {
  const until = now() + SLICE_MS;
  const limits = { maxPlaces: bounds.maxStates, maxBytes: bounds.maxBytes };
  while (!control.stopped) {
    const found = fewestOn(search, BATCH);
    if (found !== null) return { found };
    if (isBeyond(search, limits)) break;
    if (now() >= until) return null;
  }
  return { found: null };
}

function progressOf(search: FewestSearch, seconds: number): SearchProgress {
  const { places, switches, transitions, waiting, bytes } = fewestFigures(search);
  return {
    kind: 'figures',
    stage: 'switches',
    figures: { states: places, transitions, depth: switches, frontier: waiting, bytes, seconds },
    workers: 1,
    broken: [],
  };
}
