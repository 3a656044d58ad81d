import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from './line-diff.ts';

const text = (before: string, after: string): string =>
  diffLines(Array.from(before), Array.from(after), (line) => line)
    .map(({ sign, item }) => `${sign}${item}`)
    .join('');

/** The most characters that both have in common in order, by trying everything. */
function mostCommon(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  if (a[0] === b[0]) return 1 + mostCommon(a.slice(1), b.slice(1));
  return Math.max(mostCommon(a.slice(1), b), mostCommon(a, b.slice(1)));
}

describe('the difference of two lists', () => {
  it('takes out and puts in what differs', () => {
    expect(text('abc', 'abc')).toBe(' a b c');
    expect(text('abcd', 'axcd')).toBe(' a-b+x c d');
    expect(text('', 'ab')).toBe('+a+b');
    expect(text('ab', '')).toBe('-a-b');
  });

  it('leads from one to the other with as few changes as can be', () => {
    const short = fc.stringMatching(/^[abc]{0,7}$/);
    fc.assert(
      fc.property(short, short, (before, after) => {
        const rows = diffLines(Array.from(before), Array.from(after), (line) => line);
        const kept = (sign: string): string =>
          rows.flatMap((row) => (row.sign === sign ? [] : [row.item])).join('');
        expect(kept('+')).toBe(before);
        expect(kept('-')).toBe(after);
        expect(rows.filter(({ sign }) => sign === ' ')).toHaveLength(mostCommon(before, after));
      }),
    );
  });
});
