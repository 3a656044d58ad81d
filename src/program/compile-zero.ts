import { type Expr } from './expr.ts';
import { fieldOf, type Layout } from './layout.ts';

/**
 * Tests as one number that is 0 exactly where they fail, or exactly where they hold: so several of them are or-ed, and one branch asks
 * for all. V8 has less to compile then, and never comes late to a place where it had not yet been.
 */
export interface ZeroTexts {
  /** JavaScript for a number that is 0 exactly where the test fails; null where it has no such form. */
  readonly unlessZero: string | null;
  /** The same, 0 exactly where it holds. */
  readonly ifZero: string | null;
}

const NEITHER: ZeroTexts = { unlessZero: null, ifZero: null };

/** Both forms of a test of words at fixed places; of other tests neither. */
export function zeroTexts(e: Expr, layout: Layout): ZeroTexts {
  if (e.k === 'get') return { unlessZero: wordText(e, layout), ifZero: null };
  if (e.k === 'not') {
    const { unlessZero, ifZero } = zeroTexts(e.a, layout);
    return { unlessZero: ifZero, ifZero: unlessZero };
  }
  if (e.k !== 'binary') return NEITHER;
  const [a, b] = [zeroTexts(e.a, layout), zeroTexts(e.b, layout)];
  if (e.op === '||') return { unlessZero: both(a.unlessZero, b.unlessZero), ifZero: null };
  if (e.op === '&&') return { unlessZero: null, ifZero: both(a.ifZero, b.ifZero) };
  if ((e.op !== '==' && e.op !== '!=') || e.b.k !== 'const') return NEITHER;
  const number = e.b.value === 0 ? a.unlessZero : differenceText(e.a, e.b.value, layout);
  return e.op === '==' ? { unlessZero: null, ifZero: number } : { unlessZero: number, ifZero: null };
}

function both(a: string | null, b: string | null): string | null {
  return a === null || b === null ? null : `${a}|${b}`;
}

function differenceText(e: Expr, value: number, layout: Layout): string | null {
  const word = e.k === 'get' ? wordText(e, layout) : null;
  return word === null ? null : `(${word}^${String(value)})`;
}

/** A word whose place is fixed; null where it is not, or lies outside of its field. */
function wordText({ field, row, col }: Extract<Expr, { k: 'get' }>, layout: Layout): string | null {
  const { offset, rows, cols } = fieldOf(layout, field);
  if (row.k !== 'const' || col.k !== 'const') return null;
  const isInside = row.value >= 0 && row.value < rows && col.value >= 0 && col.value < cols;
  return isInside ? `S[${String(offset + row.value * cols + col.value)}]` : null;
}
