import { describe, expect, it } from 'vitest';
import { placeFields } from '../../program/layout.ts';
import { changedElements, elementKey } from './changes.ts';

const layout = placeFields([
  { name: 'cpu0.pc', rows: 1, cols: 1, max: 9, ghost: false },
  { name: 'cpu.tlb', rows: 2, cols: 3, max: 9, ghost: false },
  { name: 'entries', rows: 4, cols: 4, max: 9, ghost: false },
]);

describe('the elements that a step changed', () => {
  it('are named by field, row and column', () => {
    const elements = changedElements(layout, Int32Array.of(0, 2, 6));
    expect([...elements]).toEqual([
      elementKey('cpu0.pc'),
      elementKey('cpu.tlb', 1, 0),
      elementKey('cpu.tlb', 2, 1),
    ]);
  });

  it('leave out the entries of tables', () => {
    expect(changedElements(layout, Int32Array.of(7, 22)).size).toBe(0);
  });

  it('are worked out once for each change', () => {
    const changed = Int32Array.of(1);
    expect(changedElements(layout, changed)).toBe(changedElements(layout, changed));
  });
});
