import type { Expr } from './expr.ts';
import type { Tables } from './interpret.ts';
import { fieldOf, type Layout } from './layout.ts';

/** What values there can be: fields, and constant tables. */
export interface Bounds {
  readonly layout: Layout;
  readonly tables: Tables;
}

/**
 * The greatest value that an expression can have, where that is plain from its form: then it is not negative either. Infinity
 * elsewhere. Fields never hold more than their `max`; outside a field or a table is 0.
 */
export function mostOf(e: Expr, bounds: Bounds): number {
  switch (e.k) {
    case 'const':
      return e.value >= 0 ? e.value : Infinity;
    case 'get':
      return fieldOf(bounds.layout, e.field).max;
    case 'table':
      return mostIn(bounds.tables.get(e.table) ?? []);
    case 'not':
      return 1;
    case 'cond':
      return Math.max(mostOf(e.then, bounds), mostOf(e.else, bounds));
    case 'find':
      return mostOf(e.to, bounds);
    case 'binary':
      return plain(mostOfBinary(e, bounds));
    default:
      return Infinity;
  }
}

function mostIn(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    most = value < 0 ? Infinity : Math.max(most, value);
  }
  return most;
}

/** What 32 bits with a sign cannot hold may come out as anything. */
function plain(most: number): number {
  return most < 2 ** 31 ? most : Infinity;
}

function mostOfBinary(e: Extract<Expr, { k: 'binary' }>, bounds: Bounds): number {
  const [a, b] = [mostOf(e.a, bounds), mostOf(e.b, bounds)];
  switch (e.op) {
    case '&':
      return Math.min(a, b);
    case '|':
    case '^':
      return Math.max(a, b) < 2 ** 31 ? 2 ** bitsOf(Math.max(a, b)) - 1 : Infinity;
    case '+':
      return a + b;
    case '*':
      return a === Infinity || b === Infinity ? Infinity : a * b;
    case '>>>':
      return e.b.k === 'const' && a < Infinity ? a >>> e.b.value : Infinity;
    case '<<':
      return e.b.k === 'const' && e.b.value >= 0 && e.b.value < 31 ? a * 2 ** e.b.value : Infinity;
    case '-':
      return Infinity;
    default:
      return 1;
  }
}

function bitsOf(value: number): number {
  return 32 - Math.clz32(value);
}
