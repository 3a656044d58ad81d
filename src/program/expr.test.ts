import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyBinary, type BinaryOp, binary, cond, type Expr, get, not, num, visitExpr } from './expr.ts';
import { type Environment, linkExpr } from './interpret.ts';
import { createJournal } from './journal.ts';
import { placeFields } from './layout.ts';

const OPS: readonly BinaryOp[] = [
  ...(['+', '-', '*', '&', '|', '^', '<<', '>>>'] as const),
  ...(['==', '!=', '<', '<=', '&&', '||'] as const),
];

/** One expression built twice: by the constructors that fold, and as bare data. */
interface Twice {
  readonly folded: Expr;
  readonly bare: Expr;
}

const leaf: fc.Arbitrary<Twice> = fc.oneof(
  fc.constantFrom(0, 1, 2, 5, 31, -1, 2 ** 31 - 1).map((value) => ({ folded: num(value), bare: num(value) })),
  fc.integer({ min: 0, max: 3 }).map((col) => ({ folded: get('cell', col), bare: get('cell', col) })),
);

const twice = fc.letrec<{ tree: Twice }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.tuple(fc.constantFrom(...OPS), tie('tree'), tie('tree')).map(([op, a, b]) => ({
      folded: binary(op, a.folded, b.folded),
      bare: { k: 'binary' as const, op, a: a.bare, b: b.bare },
    })),
    tie('tree').map((a) => ({ folded: not(a.folded), bare: { k: 'not' as const, a: a.bare } })),
    fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([test, then, otherwise]) => ({
      folded: cond(test.folded, then.folded, otherwise.folded),
      bare: { k: 'cond' as const, test: test.bare, then: then.bare, else: otherwise.bare },
    })),
  ),
})).tree;

const layout = placeFields([{ name: 'cell', rows: 1, cols: 4, max: 2 ** 31 - 1, ghost: false }]);
const env: Environment = { layout, tables: new Map() };

function valueOf(e: Expr, cells: readonly number[]): number {
  const words = Int32Array.from(cells);
  return linkExpr(e, env)({ words, journal: createJournal(), move: 0, each: 0, halted: false, found: [] });
}

describe('expressions', () => {
  it('an expression folded while it is built has the value that it has unfolded', () => {
    const cells = fc.array(fc.constantFrom(0, 1, 2, 7, 2 ** 31 - 1), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(twice, cells, ({ folded, bare }, words) => {
        expect(valueOf(folded, words)).toBe(valueOf(bare, words));
      }),
      { numRuns: 2000 },
    );
  });

  it('an expression of constants alone is folded to one constant', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OPS), fc.integer(), fc.integer(), (op, a, b) => {
        expect(binary(op, a, b)).toEqual(num(applyBinary(op, a, b)));
      }),
    );
  });

  it.each(['==', '!=', '<', '<=', '&&', '||'] as const)('%s gives 0 or 1, with any operands', (op) => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        for (const e of [binary(op, get('cell', 0), b), binary(op, a, get('cell', 1))])
          expect([0, 1]).toContain(valueOf(e, [a, b, 0, 0]));
      }),
    );
  });

  it('arithmetic stays within 32 bits', () => {
    expect(applyBinary('+', 2 ** 31 - 1, 1)).toBe(-(2 ** 31));
    expect(applyBinary('-', 0, 1)).toBe(-1);
    expect(applyBinary('*', 2 ** 30, 4)).toBe(0);
    expect(applyBinary('<<', 1, 31)).toBe(-(2 ** 31));
  });

  it('visitExpr comes to every part once, outermost first', () => {
    const e = cond(get('cell', 0), binary('+', get('cell', 1), 1), not(get('cell', 2)));
    const seen: string[] = [];
    visitExpr(e, ({ k }) => seen.push(k));
    expect(seen[0]).toBe('cond');
    expect(seen.filter((k) => k === 'get')).toHaveLength(3);
    expect(seen).toHaveLength(13);
  });
});
