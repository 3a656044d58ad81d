import { expect } from 'vitest';
import type { Taken } from './rig.ts';

/** A label without numbers of frames, values and names: "swing pgd", "lock ptl". */
function short({ actor, label }: Taken): string {
  const text = label
    .replace(/\[\d\]/g, '')
    .replace(/:.*$/, '')
    .replace(/ (of|in|from|to|for|\() ?(mm|frame \d+|CPU\d|free|no frame|nobody|va\d).*$/, '')
    .replace(/\(.*\)$/, '');
  return actor === 'cpu0' || actor === 'cpu1' ? text.trim() : `${actor} ${text.trim()}`;
}

export const shorts = (taken: readonly Taken[]): string[] => taken.map(short);
export const when = (test: boolean, ...steps: string[]): string[] => (test ? steps : []);

/** The steps in short, longer labels cut to the expected word that tells them apart: to be compared with `expected`. */
function cutTo(taken: readonly Taken[], expected: readonly string[]): string[] {
  return shorts(taken).map((label, i) =>
    label.startsWith(expected[i] ?? '\n') ? (expected[i] ?? '') : label,
  );
}

/** Expects these steps, in short, and no others. */
export function same(taken: readonly Taken[], expected: readonly string[]): void {
  expect(cutTo(taken, expected)).toEqual(expected);
}
