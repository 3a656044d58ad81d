import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../worker/moment-messages.ts';
import type { Row } from './compare-rows.ts';
import { firstBreach, stripCells } from './compare-strip.ts';

const breach = { property: 'no-leak', why: '', frames: [], object: null, waits: null } as const;

/** A run as text: a letter for what is done, `!` after it where it breaks a property, `-` for a step left out. */
function rows(text: string): readonly Row[] {
  return [...text.matchAll(/([a-z-])(!?)/g)].map(([, letter = '', bad], index): Row => {
    if (letter === '-') return { kind: 'skipped', actor: 0, why: 'waits', answers: [] };
    const violations = bad === '!' ? [breach] : [];
    const record: StepRecord = {
      ...{ index, actor: 0, move: 0, tag: '', line: 0, frames: [], moments: [] },
      ...{ label: letter, violations },
    };
    return { kind: 'taken', record, answers: [] };
  });
}

describe('the strip of a comparison', () => {
  it('says of each step what is the same, differs, was left out, breaks a property or is not there', () => {
    const cells = stripCells(rows('abcd!'), rows('ax-de'), 10);
    expect(cells.map(({ kinds }) => kinds)).toEqual([
      ['same', 'same'],
      ['differs', 'differs'],
      ['differs', 'left-out'],
      ['breaks', 'same'],
      ['none', 'differs'],
    ]);
  });

  it('sums up many steps, and no breach is lost among them', () => {
    const cells = stripCells(rows('aaaaaaa!aa'), rows('aaaaaaaaa'), 3);
    expect(cells.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 6],
      [6, 9],
    ]);
    expect(cells[2]?.kinds).toEqual(['breaks', 'same']);
  });

  it('finds the moment after the first step that breaks a property on either side', () => {
    expect(firstBreach(rows('aab!'), rows('ab!b'))).toBe(2);
    expect(firstBreach(rows('aaa'), rows('a'))).toBeNull();
  });
});
