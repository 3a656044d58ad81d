import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { add, each, type Expr, eq, find, get, move, num, table } from './expr.ts';
import { halt, set, show, type Stmt, violate, when } from './instr.ts';
import { type Environment, linkBody, linkExpr, type Machine } from './interpret.ts';
import { createJournal } from './journal.ts';
import { placeFields, readField } from './layout.ts';

const field = (name: string, rows: number, cols: number, max = 99) => ({
  name,
  rows,
  cols,
  max,
  ghost: false,
});
const layout = placeFields([field('before', 1, 2), field('grid', 3, 4), field('after', 1, 2)]);
const env: Environment = { layout, tables: new Map([['square', [0, 1, 4, 9]]]) };

function machine(fill = 0): Machine {
  const words = new Int32Array(layout.words).fill(fill);
  return { words, journal: createJournal(), move: 0, each: 0, halted: false, found: [] };
}

const grid = (m: Machine) =>
  [0, 1, 2].map((row) => [0, 1, 2, 3].map((col) => readField(layout, m.words, 'grid', col, row)));
const run = (m: Machine, ...body: Stmt[]): void => linkBody(body, env)(m);
const value = (m: Machine, e: Expr): number => linkExpr(e, env)(m);

describe('reading', () => {
  it('gives 0 outside the rows and columns of a field, below 0 too, whether the index is known or worked out', () => {
    const m = machine(7);
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 6 }), fc.integer({ min: -3, max: 6 }), (row, col) => {
        const inside = row >= 0 && row < 3 && col >= 0 && col < 4;
        const workedOut = (n: number): Expr => add({ ...get('before', 0) }, n - 7);
        expect(value(m, get('grid', col, row))).toBe(inside ? 7 : 0);
        expect(value(m, get('grid', workedOut(col), workedOut(row)))).toBe(inside ? 7 : 0);
      }),
    );
  });

  it('find gives the first column that matches under the mask, or the end', () => {
    const cells = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 4, maxLength: 4 });
    const bound = fc.integer({ min: -1, max: 6 });
    const args = fc.tuple(fc.constantFrom(1, 2, 3, -1), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(cells, bound, bound, args, (row, from, to, [mask, wanted]) => {
        const m = machine();
        row.forEach((cell, col) => run(m, set('grid', cell, col, 1)));
        const hit = row.findIndex((cell, c) => c >= from && c < to && (cell & mask) === wanted);
        expect(value(m, find({ field: 'grid', row: 1, from, to, mask, value: wanted }))).toBe(
          hit < 0 ? to : hit,
        );
      }),
    );
  });

  it('a table of constants gives its element, and 0 outside', () => {
    expect([0, 3, 4, -1].map((i) => value(machine(), table('square', i)))).toEqual([0, 9, 0, 0]);
    expect(() => linkExpr(table('cube', 0), env)).toThrow('no table cube');
  });

  it('an expression over a field that the layout lacks is refused when it is linked', () => {
    expect(() => linkExpr(get('nothing'), env)).toThrow('no field nothing');
  });
});

describe('statements', () => {
  it('set writes one element and no other', () => {
    const m = machine();
    run(m, set('grid', 5, 2, 1));
    expect(grid(m)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 5, 0],
      [0, 0, 0, 0],
    ]);
  });

  it.each([
    [set('grid', 1, 4, 0), 'grid[0][4]'],
    [set('grid', 1, -1, 1), 'grid[1][-1]'],
    [set('grid', 1, 0, 3), 'grid[3][0]'],
    [set('grid', 100, 0, 0), 'cannot hold 100 (at most 99)'],
    [set('grid', -1, 0, 0), 'cannot hold -1'],
    [{ k: 'fill', field: 'grid', row: num(3), value: num(1) } as const, 'row 3 of grid'],
    [{ k: 'and-row', field: 'grid', row: num(-1), mask: num(1) } as const, 'row -1 of grid'],
    [{ k: 'copy-row', field: 'grid', to: num(3), from: num(0) } as const, 'row 3 of grid'],
  ])('a write that the field cannot take is refused by name: %j', (stmt, message) => {
    const m = machine(3);
    expect(() => {
      run(m, stmt);
    }).toThrow(message);
    expect([...m.words]).toEqual([...machine(3).words]);
  });

  it('if carries out one branch, judged by the state as it is then', () => {
    const m = machine();
    const test = eq(get('grid', 0), 1);
    run(m, set('grid', 1), ...when(test, [set('grid', 2, 1)], [set('grid', 3, 1)]));
    run(m, ...when(eq(get('grid', 0), 0), [set('grid', 2, 2)], [set('grid', 3, 2)]));
    expect(at(grid(m), 0)).toEqual([1, 2, 3, 0]);
  });

  it('each carries out its body for every round, in order', () => {
    const m = machine();
    run(m, { k: 'each', count: 4, body: [set('grid', add(each, 10), each, 2)] });
    expect(at(grid(m), 2)).toEqual([10, 11, 12, 13]);
    expect(m.each).toBe(0);
  });

  it('fill, and-row and copy-row change one whole row; a row that does not exist copies as zeros', () => {
    const m = machine();
    run(m, { k: 'fill', field: 'grid', row: num(1), value: num(7) });
    run(m, { k: 'copy-row', field: 'grid', to: num(2), from: num(1) });
    run(m, { k: 'and-row', field: 'grid', row: num(1), mask: num(~2) });
    expect(grid(m)).toEqual([
      [0, 0, 0, 0],
      [5, 5, 5, 5],
      [7, 7, 7, 7],
    ]);
    run(m, { k: 'copy-row', field: 'grid', to: num(2), from: num(-1) });
    expect(at(grid(m), 2)).toEqual([0, 0, 0, 0]);
    expect([0, 1].map((col) => readField(layout, m.words, 'after', col))).toEqual([0, 0]);
  });

  it('a violation keeps the values of the moment when it was found, not those at the end of the step', () => {
    const m = machine();
    const seen = violate('no-lost-write', 'cell is ', show(get('grid', 0), 'number'));
    run(m, set('grid', 4), seen, set('grid', 9));
    expect(m.found).toEqual([
      { kind: 'violation', id: 'no-lost-write', why: ['cell is ', { value: 4, as: 'number' }] },
    ]);
  });

  it('a moment is found without words, halt is noted, the move chosen can be read', () => {
    const m = machine();
    m.move = 3;
    run(m, { k: 'reach', moment: 'walk-through-limbo' }, set('grid', move), halt);
    expect(m.found).toEqual([{ kind: 'moment', id: 'walk-through-limbo', why: [] }]);
    expect(m.halted).toBe(true);
    expect(value(m, get('grid'))).toBe(3);
  });
});
