/** What is wrong with one field of a document: `threads.0.cpu`, and a sentence to be shown beside it. */
export interface Problem {
  readonly path: string;
  readonly words: string;
}

/** What a document may hold at most: letters of links for CPUs, room for names, worlds that can be looked at. */
export const LIMITS = {
  cpus: 8,
  nodes: 4,
  freeTables: 16,
  walks: 4,
  actions: 12,
  tables: 8,
  title: 80,
  about: 400,
  name: 20,
} as const;

/** The problem, where the condition does not hold. */
export function unless(holds: boolean, path: string, words: string): readonly Problem[] {
  return holds ? [] : [{ path, words }];
}

/** A whole number from `from` to `to`. */
export function isWhole(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}
