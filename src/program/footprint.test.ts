import { describe, expect, it } from 'vitest';
import { createAssembler } from './assembler.ts';
import { add, each, eq, find, get, move, num, table } from './expr.ts';
import { areIndependent, footprintOf, type LookUps, readsOf, stepFootprint } from './footprint.ts';
import { halt, set, type Stmt, violate, when } from './instr.ts';
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
    expect(readsOf(layout, find({ field: 'grid', row: get('t.x'), from: 0, to: 2, value: 0 }))).toBe(
      words(1, 5, 6, 8, 9),
    );
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

  it.each<readonly [what: string, stmt: Stmt, reads: bigint, writes: bigint]>([
    ['an index', set('row', 1, get('t.x')), words(1), words(2, 3, 4)],
    ['a row', set('grid', 1, 2, get('row', 1)), words(3), words(7, 10)],
    [
      'the operand and the row that is filled',
      { k: 'fill', field: 'grid', row: get('t.x'), value: get('row', 2) },
      words(1, 4),
      words(5, 6, 7, 8, 9, 10),
    ],
    [
      'what is masked, and the mask',
      { k: 'and-row', field: 'grid', row: num(1), mask: get('row', 2) },
      words(4, 8, 9, 10),
      words(8, 9, 10),
    ],
    [
      'rows that are known only when they are copied',
      { k: 'copy-row', field: 'grid', to: get('t.x'), from: get('row', 1) },
      words(1, 3, 5, 6, 7, 8, 9, 10),
      words(5, 6, 7, 8, 9, 10),
    ],
    [
      'every round',
      { k: 'each', count: 2, body: [set('row', get('grid', each), each)] },
      words(5, 6, 7),
      words(2, 3, 4),
    ],
    [
      'both ways',
      { k: 'if', test: get('t.x'), then: [set('row', get('row', 1))], else: [set('row', get('row', 2), 1)] },
      words(1, 3, 4),
      words(2, 3),
    ],
  ])('has %s in it', (_what, stmt, reads, writes) => {
    expect(footprintOf(layout, [stmt])).toEqual({ reads, writes });
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
  it('has what it forgets in its footprint, local work on either way, and the last end where it may stop for ever', () => {
    const asm = createAssembler('t', 'test');
    const [left, right] = [asm.newLabel(), asm.newLabel()];
    const local = asm.declare('x', 255);
    asm.step({ label: ['a'], tag: 'read', body: when(get('grid'), [halt]) });
    asm.branch(get('row', 2), left);
    asm.local(set(local, get('grid', 1)));
    asm.jump(right);
    asm.place(left);
    asm.local(set(local, get('grid', 2)));
    asm.place(right);
    asm.step({ label: ['b'], tag: 'read', body: [] });
    const { program } = asm.finish();
    const { reads, writes, targets } = stepFootprint(layout, program, 0);
    expect(reads).toBe(words(4, 5, 6, 7));
    expect(writes).toBe(words(0, 1));
    expect(targets.toSorted((a, b) => a - b)).toEqual([5, 7]);
    expect(stepFootprint(layout, program, 5)).toEqual({ reads: 0n, writes: words(0, 1), targets: [6] });
    expect(() => stepFootprint(layout, program, 6)).toThrow('no step');
  });

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
