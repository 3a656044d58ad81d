import { at } from '../lib/at.ts';
import type { ModelSpec } from './model.ts';
import type { Possible } from './possible-states.ts';
import type { Choices } from './possible-values.ts';
import { type Renaming, renamed, type Swap, type WordMap } from './swap.ts';
import type { Reader } from './value-in.ts';

/** Where two expressions are compared: one in a state, the other in what a swap makes of it. */
export interface Comparing extends Choices {
  readonly spec: ModelSpec;
  readonly swap: Swap;
  readonly map: WordMap;
  /** By word: the word that takes its place. */
  readonly from: readonly number[];
  readonly possible: Possible;
  /** What becomes of the step's moves. */
  readonly moveNames: Renaming;
}

/** Runs through at most so many combinations of values. */
const MOST_RUNS = 20_000;

/** Whether a test holds for all values that what it reads can have. Values are chosen as they are asked for; false where they are too many. */
export function everywhere(c: Comparing, agrees: (before: Reader, after: Reader) => boolean): boolean {
  const chosen: { readonly options: readonly number[]; next: number }[] = [];
  for (let runs = 0; runs < MOST_RUNS; runs++) {
    const read = new Map<number, number>();
    let [depth, tooMany] = [0, false];
    const choose = (key: number): number => {
      const known = read.get(key);
      if (known !== undefined) return known;
      const options = chosen[depth]?.options ?? optionsOf(c, key);
      chosen[depth] ??= { options, next: 0 };
      tooMany ||= options.length === 0;
      const value = options[at(chosen, depth).next] ?? 0;
      depth += 1;
      read.set(key, value);
      return value;
    };
    const before: Reader = { word: choose, move: () => choose(MOVE), each: () => choose(EACH) };
    const after: Reader = {
      word: (word) => {
        const source = at(c.from, word);
        return renamed(at(c.map.values, source), choose(source));
      },
      move: () => renamed(c.moveNames, choose(MOVE)),
      each: () => choose(EACH),
    };
    if (!agrees(before, after) || tooMany) return false;
    chosen.length = depth;
    for (let last = chosen.at(-1); last !== undefined; last = chosen.at(-1)) {
      last.next += 1;
      if (last.next < last.options.length) break;
      chosen.pop();
    }
    if (chosen.length === 0) return true;
  }
  return false;
}

/** Keys of what is chosen besides words. */
const MOVE = -1;
const EACH = -2;
/** A word that may have more values than this is not run through. */
const MOST_OPTIONS = 4096;

function optionsOf({ spec, possible, moves, rounds }: Comparing, key: number): readonly number[] {
  if (key === MOVE) return moves === Infinity ? [] : Array.from({ length: moves }, (_, i) => i);
  if (key === EACH) return Array.from({ length: rounds }, (_, i) => i);
  const values = at(possible.words, key);
  if (values !== null) return [...values];
  const field = [...spec.layout.fields.values()].find(
    ({ offset, rows, cols }) => key >= offset && key < offset + rows * cols,
  );
  const count = (field?.max ?? Infinity) + 1;
  return count > MOST_OPTIONS ? [] : Array.from({ length: count }, (_, i) => i);
}

/** The words that come from where. */
export function sourcesOf({ place }: WordMap): readonly number[] {
  const from: number[] = [];
  place.forEach((to, word) => {
    from[to] = word;
  });
  return from;
}
