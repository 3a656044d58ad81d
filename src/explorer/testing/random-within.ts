import type { Rng } from '../../lib/rng.ts';
import {
  add,
  and,
  type BinaryOp,
  binary,
  bitAnd,
  cond,
  each,
  eq,
  type Expr,
  find,
  get,
  move,
  not,
  num,
  table,
} from '../../program/expr.ts';
import { set, type Stmt } from '../../program/instr.ts';

/** Most actors of a random world, and rows of `own`. */
export const MOST_ACTORS = 4;

/** What threads share: each value fits a mask, each index is inside. */
export const SHARED = [
  { name: 'x', rows: 1, cols: 1, max: 3 },
  { name: 'm', rows: 2, cols: 2, max: 3 },
  { name: 'own', rows: MOST_ACTORS, cols: 2, max: 1 },
] as const;

export const TABLES = new Map<string, ArrayLike<number>>([
  // Looked up at a pc: whether an actor may be disturbed there.
  ['calm', [1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]],
  ['mix', [2, 0, 3, 1]],
  ['odd', [0, 1, 1, 0]],
]);

/** What may be read and written where an expression or a statement stands. */
export interface Within {
  readonly rng: Rng;
  /** Number of the actor: its row of `own`. */
  readonly me: number;
  /** Locals of at most 3. */
  readonly locals: readonly string[];
  readonly moves: number;
  readonly inEach: boolean;
  /** Whether only what is the actor's own is touched: such steps depend on nobody. */
  readonly apart: boolean;
}

export function pick<T>({ rng }: { readonly rng: Rng }, list: readonly T[]): T {
  const one = list[rng.next(list.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

const OPS: readonly BinaryOp[] = ['+', '-', '*', '&', '|', '^', '<<', '==', '!=', '<', '<=', '&&', '||'];

/** 0 or 1, known or not before the step is taken. */
function index(w: Within): Expr {
  const unknown = w.locals.map((local) => table('odd', get(local)));
  const counted = w.inEach ? [each] : w.moves > 1 ? [bitAnd(move, 1)] : [];
  return pick(w, [num(0), num(1), ...unknown, ...counted]);
}

/** A row of `own`: that of the actor itself, one that is known, or one that a local says. */
function row(w: Within): Expr {
  if (w.apart) return num(w.me);
  const [first = num(0)] = w.locals.map((local) => get(local));
  return pick(w, [num(w.me), num(w.rng.next(MOST_ACTORS)), bitAnd(first, MOST_ACTORS - 1)]);
}

function read(w: Within): Expr {
  const mine = [...w.locals.map((local) => get(local)), get('own', index(w), row(w))];
  return pick(w, w.apart ? mine : [...mine, get('x'), get('m', index(w), index(w))]);
}

/** An expression of 0 to 3 that reads nothing outside a field, and shifts nothing negative to the right. */
export function value(w: Within, depth: number): Expr {
  const part = (): Expr => value(w, depth - 1);
  switch (w.rng.next(depth <= 0 ? 3 : 9)) {
    case 0:
      return num(w.rng.next(4));
    case 1:
    case 2:
      return read(w);
    case 3:
      return not(part());
    case 4:
      return cond(part(), part(), part());
    case 5:
      return table('mix', part());
    case 6:
      return find({
        ...{ field: 'own', row: row(w), from: w.rng.next(2), to: 1 + w.rng.next(2) },
        value: w.rng.next(2),
        mask: pick(w, [-1, 1]),
      });
    case 7:
      return binary('>>>', part(), w.rng.next(2));
    default:
      return bitAnd(binary(pick(w, OPS), part(), part()), 3);
  }
}

/** A statement that writes within its field. */
export function statement(w: Within, depth: number): Stmt {
  const inner = (as: Within): readonly Stmt[] => [statement(as, depth - 1)];
  switch (w.rng.next(depth <= 0 ? 5 : 10)) {
    case 0:
      return set('own', bitAnd(value(w, 1), 1), index(w), row(w));
    case 1:
      return w.apart ? set('own', w.rng.next(2), index(w), w.me) : set('x', value(w, 1));
    case 2:
      if (!w.apart) return set('m', value(w, 1), index(w), index(w));
      return set(pick(w, w.locals), value(w, 2));
    case 3:
    case 4:
      return set(pick(w, w.locals), value(w, 2));
    case 5:
      return { k: 'if', test: value(w, 2), then: inner(w), else: w.rng.next(2) === 0 ? [] : inner(w) };
    case 6:
      return w.inEach
        ? set('own', bitAnd(add(each, value(w, 1)), 1), each, row(w))
        : { k: 'each', count: 1 + w.rng.next(2), body: inner({ ...w, inEach: true }) };
    case 7:
      return { k: 'fill', field: 'own', row: row(w), value: bitAnd(value(w, 1), 1) };
    case 8:
      return { k: 'and-row', field: 'own', row: row(w), mask: value(w, 1) };
    default:
      return { k: 'copy-row', field: 'own', to: row(w), from: row(w) };
  }
}

/** Whether something about all that there is, pcs of these actors included, is so: for invariants. */
export function anything(w: Within, pcs: readonly string[]): Expr {
  const places = pcs.map((pc) => eq(get(pc), w.rng.next(6)));
  const looks = pcs.map((pc) => table('calm', get(pc)));
  return and(pick(w, [...places, ...looks, num(1)]), pick(w, [...places, num(1)]), value(w, 2));
}
