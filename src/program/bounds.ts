import type { Expr } from './expr.ts';
import { fieldOf, type Layout } from './layout.ts';

/**
 * The greatest value that an expression can have, where that is plain from its form: then it is not negative either. Infinity
 * elsewhere. Fields never hold more than their `max`; outside a field is 0.
 */
export function mostOf(e: Expr, layout: Layout): number {
  switch (e.k) {
    case 'const':
      return e.value >= 0 ? e.value : Infinity;
    case 'get':
      return fieldOf(layout, e.field).max;
    case 'cond':
      return Math.max(mostOf(e.then, layout), mostOf(e.else, layout));
    case 'binary': {
      const [a, b] = [mostOf(e.a, layout), mostOf(e.b, layout)];
      if (e.op === '&') return Math.min(a, b);
      if (e.op === '>>>' && e.b.k === 'const') return a === Infinity ? Infinity : a >>> e.b.value;
      return Infinity;
    }
    default:
      return Infinity;
  }
}
