import { describe, expect, it } from 'vitest';
import { agreement, proposedNodes } from './file-words.ts';

describe('what is said about a file', () => {
  it.each([
    [100, 100, 'They agree.'],
    [100, 104, 'one table more'],
    [100, 112, '3 tables more'],
    [104, 100, 'one table less'],
    [100, null, 'does not say'],
  ])('compares %i KiB with VmPTE of %s', (derivedKb, vmPteKb, words) => {
    expect(agreement({ derivedKb, vmPteKb })).toContain(words);
  });

  it('proposes to move from the node with most tables to another', () => {
    const node = (id: number, tables: number) => ({ id, tables, pages: 0, made: false });
    expect(proposedNodes([node(0, 3), node(1, 9)])).toEqual({ from: 1, to: 0 });
    expect(proposedNodes([node(0, 3), node(1, 0)])).toEqual({ from: 0, to: 1 });
  });
});
