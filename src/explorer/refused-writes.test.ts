import { describe, expect, it } from 'vitest';
import { createAssembler } from '../program/assembler.ts';
import { eq, get, not, num, sub } from '../program/expr.ts';
import { set, type Stmt } from '../program/instr.ts';
import { placeFields } from '../program/layout.ts';
import { createModel, type Invariant, type ModelSpec } from './model.ts';
import { naiveSearch } from './naive-search.ts';
import { searched } from './testing/searches.ts';

const [ROWS, COLS, MOST] = [2, 3, 3];
const cells = Array.from({ length: ROWS * COLS }, (_, i) => ({ row: Math.floor(i / COLS), col: i % COLS }));

/** Row 0 of the grid is empty at first, row 1 reads 1, 2, 3. */
const first = (row: number, col: number): number => (row === 0 ? 0 : col + 1);

/** Says of each cell of the grid when it is not what it was at first, so that two searches tell what was written where. */
const cellsChanged = cells.map(({ row, col }): Invariant => ({
  property: `cell ${String(row)},${String(col)}`,
  broken: not(eq(get('grid', col, row), first(row, col))),
  why: [],
}));

/**
 * A thread that writes n to i, and to r and c, which hold the first row and column that there is not but no greater ones; and then does `body`, which nobody
 * can know to be within the grid's bounds.
 */
function modelOf(body: readonly Stmt[], n: number): ModelSpec {
  const asm = createAssembler('a', 'a');
  asm.step({
    label: ['choose'],
    tag: 'write',
    body: [set('i', n), set('r', Math.min(n, ROWS)), set('c', Math.min(n, COLS))],
  });
  asm.step({ label: ['write'], tag: 'write', body });
  const { program } = asm.finish();
  const field = (name: string, max: number, rows = 1, cols = 1) => ({ name, rows, cols, max, ghost: false });
  const layout = placeFields([
    field(program.pcField, program.instrs.length),
    field('i', 9),
    field('r', ROWS),
    field('c', COLS),
    field('grid', MOST, ROWS, COLS),
  ]);
  const initial = (): Int32Array => {
    const words = new Int32Array(layout.words);
    const offset = layout.fields.get('grid')?.offset ?? 0;
    cells.forEach(({ row, col }, i) => (words[offset + i] = first(row, col)));
    return words;
  };
  const actor = { id: 'a', program, role: 'thread' as const, ready: num(1), wait: [] };
  return { layout, tables: new Map(), actors: [actor], invariants: cellsChanged, initial };
}

/** What a search finds, or in which words it ends. */
function told(search: () => { readonly violations: ReadonlyMap<string, unknown> }): readonly string[] {
  try {
    return [...search().violations.keys()].sort();
  } catch (error) {
    return ['refused', String(error)];
  }
}

const i = get('i');
const grid = { field: 'grid' } as const;
const zero = num(0);

/** Each with the numbers from 0 on for which it is possible. */
const WRITES: readonly {
  readonly what: string;
  readonly body: readonly Stmt[];
  readonly possible: number;
}[] = [
  { what: 'a value', body: [set('grid', i)], possible: MOST + 1 },
  { what: 'a column', body: [set('grid', 1, i)], possible: COLS },
  { what: 'a row', body: [set('grid', 1, 2, i)], possible: ROWS },
  { what: 'the next column', body: [set('grid', 1, get('c'))], possible: COLS },
  { what: 'the next row', body: [set('grid', 1, 2, get('r'))], possible: ROWS },
  {
    what: 'the next row to fill',
    body: [{ k: 'fill', ...grid, row: get('r'), value: num(2) }],
    possible: ROWS,
  },
  { what: 'a row to fill', body: [{ k: 'fill', ...grid, row: i, value: num(2) }], possible: ROWS },
  {
    what: 'what a row is filled with',
    body: [{ k: 'fill', ...grid, row: zero, value: i }],
    possible: MOST + 1,
  },
  { what: 'a row to mask', body: [{ k: 'and-row', ...grid, row: i, mask: num(2) }], possible: ROWS },
  { what: 'a row to copy to', body: [{ k: 'copy-row', ...grid, to: i, from: num(1) }], possible: ROWS },
];

describe('a write that is not possible ends a compiled search as it ends the interpreter’s', () => {
  for (const { what, body, possible } of WRITES)
    it(`${what}: ${String(possible)} and more are refused`, () => {
      for (let n = 0; n <= possible + 1; n++) {
        const spec = modelOf(body, n);
        const [naive, compiled] = [
          told(() => naiveSearch(createModel(spec), 100)),
          told(() => searched(spec)),
        ];
        expect(compiled[0] === 'refused').toBe(n >= possible);
        if (n < possible) expect(compiled).toEqual(naive);
        else expect(naive[0]).toBe('refused');
      }
    });

  it('a row that is given, and is not there, is refused', () => {
    for (const row of [-1, ROWS, ROWS + 1]) {
      const outside = modelOf([{ k: 'fill', ...grid, row: num(row), value: num(2) }], 0);
      for (const search of [() => searched(outside), () => naiveSearch(createModel(outside), 100)])
        expect(told(search)[0]).toBe('refused');
    }
  });

  it('a value below 0 is refused', () => {
    const below = modelOf([set('grid', sub(i, 1))], 0);
    expect(told(() => searched(below))[1]).toContain('cannot hold -1');
    expect(told(() => naiveSearch(createModel(below), 100))[1]).toContain('cannot hold -1');
  });

  it('a row that is copied from outside is all zeroes', () => {
    for (let n = 0; n <= ROWS + 1; n++) {
      const spec = modelOf([{ k: 'copy-row', ...grid, to: num(1), from: i }], n);
      const naive = told(() => naiveSearch(createModel(spec), 100));
      expect(told(() => searched(spec))).toEqual(naive);
      expect(naive).toEqual(n === 1 ? [] : ['cell 1,0', 'cell 1,1', 'cell 1,2']);
    }
  });
});
