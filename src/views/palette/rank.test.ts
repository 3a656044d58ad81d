import { describe, expect, it } from 'vitest';
import { rank } from './rank.ts';

describe('what is typed into the palette', () => {
  it('finds words wherever they stand, in any order and case', () => {
    expect(rank('bits DIRTY', 'Two dirty bits, one moving table')).toBeGreaterThan(0);
    expect(rank('theme: dark', 'Theme: dark')).toBeGreaterThan(0);
  });

  it('does not find letters that are scattered over several words', () => {
    expect(rank('race', 'Back by a line of the outer routine')).toBe(0);
    expect(rank('dirty', 'Hide Memory of the nodes')).toBe(0);
  });

  it('needs every word', () => {
    expect(rank('two tables', 'Two dirty bits, one moving table')).toBe(0);
  });

  it('puts the start of a text before the start of a word, and that before the inside of one', () => {
    const [start, word, inside] = ['Race on a bit', 'Find a race', 'Save an ITF trace'].map((text) =>
      rank('race', text),
    );
    expect(start).toBeGreaterThan(word ?? 0);
    expect(word).toBeGreaterThan(inside ?? 0);
    expect(inside).toBeGreaterThan(0);
  });

  it('leaves everything where nothing is typed', () => {
    expect(rank(' ', 'Step back')).toBe(1);
  });
});
