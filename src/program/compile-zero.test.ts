import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompileContext, PRELUDE, testText } from './compile.ts';
import { zeroTexts } from './compile-zero.ts';
import { and, eq, type Expr, get, not, num, or } from './expr.ts';
import { linkExpr } from './interpret.ts';
import { createJournal } from './journal.ts';
import { placeFields } from './layout.ts';

const layout = placeFields([
  { name: 'before', rows: 1, cols: 3, max: 1, ghost: false },
  { name: 'cell', rows: 2, cols: 2, max: 7, ghost: false },
]);
const c: CompileContext = { layout, tables: new Map(), propertyNumber: () => 0, momentNumber: () => 0 };

/** One column lies outside. */
const leaf: fc.Arbitrary<Expr> = fc.oneof(
  fc.constantFrom(0, 1, 3, -1).map(num),
  fc
    .tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 2 }))
    .map(([row, col]) => get('cell', col, row)),
);

const test = fc.letrec<{ tree: Expr }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc
      .tuple(fc.constantFrom('==', '!=', '&&', '||', '<'), tie('tree'), tie('tree'))
      .map(([op, a, b]): Expr => ({ k: 'binary', op, a, b })),
    tie('tree').map((a): Expr => ({ k: 'not', a })),
  ),
})).tree;

/** Words that are there, one that is not, and one whose place is not known. */
const word: fc.Arbitrary<Expr> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(fc.nat(1), fc.nat(1)).map(([row, col]) => get('cell', col, row)) },
  fc.constantFrom(
    get('cell', 2),
    get('cell', -1),
    get('cell', 0, 2),
    get('cell', 0, -1),
    get('cell', get('before', 1)),
  ),
);

const oneWord: fc.Arbitrary<Expr> = fc.oneof(
  word,
  fc
    .tuple(fc.constantFrom('==', '!=', '<'), word, fc.constantFrom(0, 1, 3))
    .map(([op, a, value]): Expr => ({ k: 'binary', op, a, b: num(value) })),
);

/** Tests of words that nearly all are one number, alone and together: `deep` at most. */
function together(deep: number): fc.Arbitrary<Expr> {
  if (deep === 0) return oneWord;
  const inner = together(deep - 1);
  const joined = fc
    .tuple(fc.constantFrom('&&', '||'), inner, inner)
    .map(([op, a, b]): Expr => ({ k: 'binary', op, a, b }));
  const denied = joined.map((a): Expr => ({ k: 'not', a }));
  return fc.oneof(oneWord, { weight: 2, arbitrary: joined }, { weight: 2, arbitrary: denied });
}

function compiled(e: Expr): (words: Int32Array) => unknown {
  return runInThisContext(`(S)=>{${PRELUDE}return ${testText(e, c)};}`) as (words: Int32Array) => unknown;
}

describe('a test as JavaScript', () => {
  it('holds where the interpreter says so, whatever its neighbours are', () => {
    const cells = fc.array(fc.constantFrom(0, 1, 3, 7), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.oneof(test, together(3)), cells, (e, values) => {
        // Whatever lies around the field is not 0: to read it would be seen.
        const words = Int32Array.from([1, 1, 1, ...values, 1, 1]);
        const machine = { words, journal: createJournal(), move: 0, each: 0, halted: false, found: [] };
        expect(compiled(e)(words)).toBe(linkExpr(e, { layout, tables: new Map() })(machine) !== 0);
      }),
      { numRuns: 4000 },
    );
  });

  it('is one number for neighbours whose places are fixed', () => {
    const [a, b, d] = [get('cell', 0), get('cell', 1), get('cell', 1, 1)];
    expect(testText(and(eq(a, 0), not(b), eq(d, 5)), c)).toBe('((S[3]|S[4]|(S[6]^5))===0)');
    expect(testText(or(a, b), c)).toBe('((S[3]|S[4])!==0)');
    expect(zeroTexts(get('cell', 2), layout)).toEqual({ unlessZero: null, ifZero: null });
  });
});
