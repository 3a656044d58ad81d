import { at } from '../lib/at.ts';
import { fieldOf, type Layout, type PlacedField } from '../program/layout.ts';

/** A permutation of 0 .. length - 1, which leaves all other numbers alone; null: all numbers. */
export type Renaming = readonly number[] | null;

export function renamed(renaming: Renaming, value: number): number {
  return renaming?.[value] ?? value;
}

/** Whether it is one, of no more than 0 .. count - 1. */
export function isPermutation(renaming: Renaming, count: number): boolean {
  return renaming === null || (renaming.length <= count && renaming.every((_, i) => renaming.includes(i)));
}

/** What becomes of a field: element [r][c] goes to [rows r][cols c] of another, with its value renamed. */
export interface FieldImage {
  readonly to: string;
  readonly rows: Renaming;
  readonly cols: Renaming;
  readonly values: Renaming;
}

/**
 * A way of giving two actors, and all that is theirs, each other's place. It is only proposed: whether a world looks the same
 * afterwards is for `refusalOf` to find out.
 */
export interface Swap {
  /** Those who change places, in words. */
  readonly names: readonly [string, string];
  /** By actor: whose place it takes. Programs keep their places: instruction by instruction they are the same. */
  readonly actors: readonly number[];
  /** By actor: what becomes of the moves of its steps. */
  readonly moves: readonly Renaming[];
  /** Fields that are not here stay as they are. */
  readonly fields: ReadonlyMap<string, FieldImage>;
}

export function imageOf({ fields }: Swap, field: string): FieldImage {
  return fields.get(field) ?? { to: field, rows: null, cols: null, values: null };
}

/**
 * A field that a swap gives no place of its own to go to which holds the same numbers; null: there is none. 0 stays 0 everywhere, since it is what
 * is forgotten, or outside.
 */
export function lostField(layout: Layout, swap: Swap): string | null {
  const isLost = (field: PlacedField): boolean => {
    const image = imageOf(swap, field.name);
    const to = layout.fields.get(image.to);
    return (
      to === undefined ||
      field.rows !== to.rows ||
      field.cols !== to.cols ||
      field.max !== to.max ||
      imageOf(swap, image.to).to !== field.name ||
      !isPermutation(image.rows, field.rows) ||
      !isPermutation(image.cols, field.cols) ||
      !isPermutation(image.values, field.max + 1) ||
      renamed(image.values, 0) !== 0
    );
  };
  return [...layout.fields.values()].find(isLost)?.name ?? null;
}

/** The same as a change of flat states, where no field is lost: word w goes to `place[w]`, its value renamed by `values[w]`. */
export interface WordMap {
  readonly place: readonly number[];
  readonly values: readonly Renaming[];
}

export function wordMapOf(layout: Layout, swap: Swap): WordMap {
  const place: number[] = [];
  const values: Renaming[] = [];
  for (const field of layout.fields.values()) {
    const image = imageOf(swap, field.name);
    const to = fieldOf(layout, image.to);
    for (let row = 0; row < field.rows; row++)
      for (let col = 0; col < field.cols; col++) {
        place.push(to.offset + renamed(image.rows, row) * to.cols + renamed(image.cols, col));
        values.push(image.values);
      }
  }
  return { place, values };
}

/** First one, then the other. */
export function afterwards(first: WordMap, second: WordMap): WordMap {
  return {
    place: first.place.map((word) => at(second.place, word)),
    values: first.values.map((values, word) => both(values, at(second.values, at(first.place, word)))),
  };
}

function both(first: Renaming, second: Renaming): Renaming {
  if (first === null) return second;
  if (second === null) return first;
  const length = Math.max(first.length, second.length);
  return Array.from({ length }, (_, value) => renamed(second, renamed(first, value)));
}

/** The state that another becomes. */
export function imageOfState({ place, values }: WordMap, words: ArrayLike<number>): Int32Array {
  const image = new Int32Array(words.length);
  for (let word = 0; word < words.length; word++)
    image[at(place, word)] = renamed(at(values, word), at(words, word));
  return image;
}

/** True for words that it leaves where and as they are. */
export function leavesAlone({ place, values }: WordMap, word: number): boolean {
  return place[word] === word && (values[word] ?? null)?.every((to, from) => to === from) !== false;
}
