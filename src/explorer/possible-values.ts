import { at, must } from '../lib/at.ts';
import { applyBinary, type BinaryOp, type Expr } from '../program/expr.ts';
import type { Tables } from '../program/interpret.ts';
import { fieldOf, type Layout, type PlacedField } from '../program/layout.ts';

/** Values that something can have; null: anything. */
export type Values = ReadonlySet<number> | null;

/** Sets that grow beyond this become null. */
const MOST = 16;

/** What an expression's values depend on besides the state. */
export interface Choices {
  /** How many moves the step has (Infinity: it is not known which step), and how many rounds the `each` around it. */
  readonly moves: number;
  readonly rounds: number;
}

export interface Known extends Choices {
  readonly layout: Layout;
  readonly tables: Tables;
  readonly words: readonly Values[];
}

const upTo = (count: number): Values =>
  count > MOST ? null : new Set(Array.from({ length: count }, (_, i) => i));

export function joined(a: Values, b: Values): Values {
  if (a === null || b === null) return null;
  if ([...b].every((value) => a.has(value))) return a;
  const sum = new Set([...a, ...b]);
  return sum.size > MOST ? null : sum;
}

const EITHER: Values = new Set([0, 1]);

/** Values that an expression can have in states whose words have possible values, each independent of the others. */
export function valuesOf(e: Expr, known: Known): Values {
  switch (e.k) {
    case 'const':
      return new Set([e.value]);
    case 'move':
      return upTo(known.moves);
    case 'each':
      return upTo(known.rounds);
    case 'get':
      return readAt(known, fieldOf(known.layout, e.field), valuesOf(e.row, known), valuesOf(e.col, known));
    case 'table': {
      const [index, table] = [valuesOf(e.index, known), must(known.tables, e.table)];
      return index === null ? null : new Set([...index].map((i) => table[i] ?? 0));
    }
    case 'not': {
      const a = valuesOf(e.a, known);
      return a === null ? EITHER : new Set([...a].map((value) => (value === 0 ? 1 : 0)));
    }
    case 'binary':
      return operated(e, known);
    case 'cond': {
      const test = valuesOf(e.test, known);
      const ways = [mayBeTrue(test) ? [e.then] : [], mayBeFalse(test) ? [e.else] : []].flat();
      return ways.map((way) => valuesOf(way, known)).reduce(joined, new Set<number>());
    }
    case 'find': {
      const to = valuesOf(e.to, known);
      return to === null ? null : joined(to, upTo(fieldOf(known.layout, e.field).cols));
    }
  }
}

export const mayBeTrue = (values: Values): boolean =>
  values === null || values.size > 1 || (values.size === 1 && !values.has(0));
export const mayBeFalse = (values: Values): boolean => values === null || values.has(0);

function operated({ op, a, b }: Extract<Expr, { k: 'binary' }>, known: Known): Values {
  return combined(op, valuesOf(a, known), valuesOf(b, known));
}

export function combined(op: BinaryOp, a: Values, b: Values): Values {
  if (op === '&&' && (!mayBeTrue(a) || !mayBeTrue(b))) return new Set([0]);
  if (op === '||' && (!mayBeFalse(a) || !mayBeFalse(b))) return new Set([1]);
  if (a === null || b === null) return TESTS.has(op) ? EITHER : null;
  const all = new Set<number>();
  for (const x of a) for (const y of b) all.add(applyBinary(op, x, y));
  return all.size > MOST ? null : all;
}

const TESTS: ReadonlySet<BinaryOp> = new Set(['==', '!=', '<', '<=', '&&', '||']);

/** Indices that an access can have, those outside left out. */
function inside(values: Values, count: number): readonly number[] {
  const all = values ?? Array.from({ length: count }, (_, i) => i);
  return [...all].filter((value) => value >= 0 && value < count);
}

export function elementsAt({ cols, rows }: PlacedField, row: Values, col: Values): readonly number[] {
  const across = inside(col, cols);
  return inside(row, rows).flatMap((r) => across.map((c) => r * cols + c));
}

/** Reading outside gives 0. */
export function readAt({ words }: Known, field: PlacedField, row: Values, col: Values): Values {
  const mayMiss = (values: Values, count: number): boolean =>
    values === null || [...values].some((value) => value < 0 || value >= count);
  const miss = mayMiss(row, field.rows) || mayMiss(col, field.cols) ? [0] : [];
  return elementsAt(field, row, col)
    .map((element) => at(words, field.offset + element))
    .reduce(joined, new Set(miss));
}
