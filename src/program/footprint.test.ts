import { describe, expect, it } from 'vitest';
import { createAssembler } from './assembler.ts';
import { add, eq, find, get, move, num, table } from './expr.ts';
import { areIndependent, footprintOf, type LookUps, readsOf, stepFootprint } from './footprint.ts';
import { set, violate, when } from './instr.ts';
import { placeFields } from './layout.ts';

const one = { rows: 1, cols: 1, max: 255, ghost: false };
const layout = placeFields([
  { name: 't.pc', ...one },
  { name: 't.x', ...one },
  { name: 'row', ...one, cols: 3 },
  { name: 'grid', ...one, rows: 2, cols: 3 },
]);
/** Words 0 and 1 are t.pc and t.x, 2 to 4 row, 5 to 10 grid. */
const words = (...list: number[]): bigint => list.reduce((mask, word) => mask | (1n << BigInt(word)), 0n);

describe('what an expression reads', () => {
  it('is the element, the row or the field, as far as it is known', () => {
    expect(readsOf(layout, get('grid', 2, 1))).toBe(words(10));
    expect(readsOf(layout, get('grid', get('t.x'), 1))).toBe(words(1, 8, 9, 10));
    expect(readsOf(layout, get('row', move))).toBe(words(2, 3, 4));
    expect(readsOf(layout, find({ field: 'row', from: 1, to: 3, value: 0 }))).toBe(words(3, 4));
    expect(readsOf(layout, find({ field: 'row', from: get('t.x'), to: 3, value: 0 }))).toBe(
      words(1, 2, 3, 4),
    );
  });

  it('leaves out look-ups at fields for which somebody asks', () => {
    const lookUps: LookUps = new Map([['t.pc', new Set()]]);
    expect(readsOf(layout, table('inside', get('t.pc')))).toBe(words(0));
    expect(readsOf(layout, add(table('inside', get('t.pc')), get('t.x')), lookUps)).toBe(words(1));
    expect([...lookUps].map(([field, names]) => [field, [...names]])).toEqual([['t.pc', ['inside']]]);
    expect(readsOf(layout, table('inside', get('t.x')), lookUps)).toBe(words(1));
    expect(readsOf(layout, table('inside', get('t.pc', get('row', 1))), lookUps)).toBe(words(0, 3));
  });
});

describe('what statements read and write', () => {
  it('is counted whichever way they go, and the words of a violation are not', () => {
    const body = when(eq(get('row'), 1), [set('t.x', get('row', 1))], [violate('counts', 'why')]);
    expect(footprintOf(layout, body)).toEqual({ reads: words(2, 3), writes: words(1) });
    const copy = footprintOf(layout, [{ k: 'copy-row', field: 'grid', from: num(0), to: num(1) }]);
    expect(copy).toEqual({ reads: words(5, 6, 7), writes: words(8, 9, 10) });
  });

  it('makes two steps dependent where one writes what the other reads or writes', () => {
    const writes = footprintOf(layout, [set('row', 1, 2)]);
    const reads = footprintOf(layout, [set('t.x', get('row', 2))]);
    const other = footprintOf(layout, [set('t.pc', get('row', 1))]);
    expect([areIndependent(writes, reads), areIndependent(reads, writes)]).toEqual([false, false]);
    expect(areIndependent(writes, writes)).toBe(false);
    expect(areIndependent(writes, other)).toBe(true);
    expect(areIndependent(reads, reads)).toBe(false);
  });
});

describe('a step', () => {
  it('has the local work after it in its footprint, and knows every place where it can end', () => {
    const asm = createAssembler('t', 'test');
    const skip = asm.newLabel();
    asm.line('one line');
    asm.step({ label: ['a'], tag: 'read', guard: eq(get('row', 2), 0), body: [set('row', 1)] });
    asm.branch(eq(get('grid', 0, 1), 0), skip);
    asm.step({ label: ['b'], tag: 'read', body: [] });
    asm.place(skip);
    asm.step({ label: ['c'], tag: 'read', body: [] });
    const { program } = asm.finish();
    const { reads, writes, targets } = stepFootprint(layout, program, 0);
    expect(reads).toBe(words(4, 8));
    expect(writes).toBe(words(0, 2));
    expect(targets.toSorted()).toEqual([2, 3]);
  });
});
