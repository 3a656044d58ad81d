import { describe, expect, it } from 'vitest';
import { parsePick, pickText } from '../../formats/pick.ts';
import { placeFields } from '../../program/layout.ts';
import { rangesOf, selectionOf } from './chosen.ts';

const layout = placeFields([
  { name: 'mm.page_table_lock', rows: 1, cols: 2, max: 9, ghost: false },
  { name: 'cpu.tlb', rows: 2, cols: 3, max: 9, ghost: false },
  { name: 'cpu.cr3', rows: 1, cols: 2, max: 9, ghost: false },
  { name: 'frame.kind', rows: 1, cols: 5, max: 9, ghost: false },
  { name: 'frame.ptl', rows: 1, cols: 4, max: 9, ghost: false },
  { name: 'entries', rows: 4, cols: 2, max: 9, ghost: false },
  { name: 'cpu1.pc', rows: 1, cols: 1, max: 9, ghost: false },
  { name: 'cpu1.va', rows: 1, cols: 1, max: 9, ghost: false },
  { name: 'cpu1.old_table', rows: 1, cols: 1, max: 9, ghost: false },
]);

const programs = [{ locals: [] }, { locals: ['cpu1.va', 'cpu1.old_table'] }];

describe('what is chosen, as words of the state', () => {
  it('is an entry, a lock, all of a frame, all of a CPU', () => {
    expect(rangesOf(layout, { kind: 'entry', frame: 3, index: 1 }, programs)).toEqual([{ from: 26, to: 27 }]);
    expect(rangesOf(layout, { kind: 'lock', lock: 'page_table_lock', of: 1 }, programs)).toEqual([
      { from: 1, to: 2 },
    ]);
    expect(rangesOf(layout, { kind: 'lock', lock: 'ptl', of: 2 }, programs)).toEqual([{ from: 17, to: 18 }]);
    expect(rangesOf(layout, { kind: 'frame', frame: 2 }, programs)).toEqual([
      { from: 12, to: 13 },
      { from: 17, to: 18 },
      { from: 23, to: 25 },
    ]);
    expect(rangesOf(layout, { kind: 'cpu', cpu: 1 }, programs)).toEqual([
      { from: 5, to: 8 },
      { from: 9, to: 10 },
    ]);
  });

  it('is of an actor its locals, and not where it stands in its program', () => {
    expect(rangesOf(layout, { kind: 'actor', actor: 1 }, programs)).toEqual([
      { from: 28, to: 29 },
      { from: 29, to: 30 },
    ]);
    expect(rangesOf(layout, { kind: 'actor', actor: 0 }, programs)).toEqual([]);
  });

  it('leaves out what a page of data has not', () => {
    expect(rangesOf(layout, { kind: 'frame', frame: 4 }, programs)).toEqual([{ from: 14, to: 15 }]);
  });

  it('of a changed element is what to choose, and survives a link', () => {
    expect(selectionOf('entries', 3, 1)).toEqual({ kind: 'entry', frame: 3, index: 1 });
    expect(selectionOf('cpu.tlb', 1, 0)).toEqual({ kind: 'cpu', cpu: 1 });
    expect(selectionOf('mm.need_flush', 0, 0)).toBeNull();
    const lock = selectionOf('frame.ptl', 0, 7);
    expect(lock).not.toBeNull();
    if (lock !== null) expect(parsePick(pickText(lock))).toEqual(lock);
  });
});
