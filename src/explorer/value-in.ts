import { must } from '../lib/at.ts';
import { applyBinary, type Expr } from '../program/expr.ts';
import { fieldOf } from '../program/layout.ts';
import type { ModelSpec } from './model.ts';

/** Where an expression's values come from: asked for only as they are needed. */
export interface Reader {
  readonly word: (offset: number) => number;
  readonly move: () => number;
  readonly each: () => number;
}

/** The value of an expression, with no more read than it takes: what is outside a field is 0. */
export function valueIn(spec: Pick<ModelSpec, 'layout' | 'tables'>, e: Expr, reader: Reader): number {
  const value = (part: Expr): number => valueIn(spec, part, reader);
  switch (e.k) {
    case 'const':
      return e.value;
    case 'move':
      return reader.move();
    case 'each':
      return reader.each();
    case 'get': {
      const { offset, rows, cols } = fieldOf(spec.layout, e.field);
      const [row, col] = [value(e.row), value(e.col)];
      const isInside = row >= 0 && row < rows && col >= 0 && col < cols;
      return isInside ? reader.word(offset + row * cols + col) : 0;
    }
    case 'table':
      return must(spec.tables, e.table)[value(e.index)] ?? 0;
    case 'not':
      return value(e.a) === 0 ? 1 : 0;
    case 'cond':
      return value(value(e.test) === 0 ? e.else : e.then);
    case 'binary': {
      const a = value(e.a);
      if (e.op === '&&' && a === 0) return 0;
      if (e.op === '||' && a !== 0) return 1;
      return applyBinary(e.op, a, value(e.b));
    }
    case 'find':
      return found(spec, e, reader);
  }
}

function found(
  spec: Pick<ModelSpec, 'layout' | 'tables'>,
  e: Extract<Expr, { k: 'find' }>,
  reader: Reader,
): number {
  const { offset, rows, cols } = fieldOf(spec.layout, e.field);
  const [row, from, to] = [e.row, e.from, e.to].map((part) => valueIn(spec, part, reader));
  if (row === undefined || from === undefined || to === undefined || row < 0 || row >= rows) return to ?? 0;
  for (let col = Math.max(0, from); col < Math.min(to, cols); col++)
    if ((reader.word(offset + row * cols + col) & e.mask) === e.value) return col;
  return to;
}
