/** Two-operand operators over 32-bit integers; comparisons and logic give 0 or 1. */
export type BinaryOp =
  '+' | '-' | '*' | '&' | '|' | '^' | '<<' | '>>>' | '==' | '!=' | '<' | '<=' | '&&' | '||';

/**
 * An expression over state fields, constant tables of the world and the move chosen. Plain data: it is interpreted,
 * compiled, printed and asked what it reads. Reading outside a field's rows or columns gives 0, as an access
 * to memory that holds no entries does.
 */
export type Expr =
  | { readonly k: 'const'; readonly value: number }
  | { readonly k: 'get'; readonly field: string; readonly row: Expr; readonly col: Expr }
  | { readonly k: 'table'; readonly table: string; readonly index: Expr }
  | { readonly k: 'not'; readonly a: Expr }
  | { readonly k: 'binary'; readonly op: BinaryOp; readonly a: Expr; readonly b: Expr }
  | { readonly k: 'cond'; readonly test: Expr; readonly then: Expr; readonly else: Expr }
  | { readonly k: 'move' }
  /** The index of the enclosing `each` statement. */
  | { readonly k: 'each' }
  | {
      /** First column c in [from, to) of a row with (element & mask) == value; `to` when there is none. */
      readonly k: 'find';
      readonly field: string;
      readonly row: Expr;
      readonly from: Expr;
      readonly to: Expr;
      readonly mask: number;
      readonly value: number;
    };

export function num(value: number): Expr {
  return { k: 'const', value };
}

type Operand = Expr | number;

function expr(operand: Operand): Expr {
  return typeof operand === 'number' ? num(operand) : operand;
}

/** Element [row][col] of a field. */
export function get(field: string, col: Operand = 0, row: Operand = 0): Expr {
  return { k: 'get', field, row: expr(row), col: expr(col) };
}

/** Element of a constant table of the world. */
export function table(name: string, index: Operand): Expr {
  return { k: 'table', table: name, index: expr(index) };
}

/** Which of a step's moves was chosen, from 0. */
export const move: Expr = { k: 'move' };

/** Inside an `each` statement: which round it is, from 0. */
export const each: Expr = { k: 'each' };

export function applyBinary(op: BinaryOp, a: number, b: number): number {
  switch (op) {
    case '+':
      return (a + b) | 0;
    case '-':
      return (a - b) | 0;
    case '*':
      return Math.imul(a, b);
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    case '>>>':
      return a >>> b;
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a !== b ? 1 : 0;
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '&&':
      return a !== 0 && b !== 0 ? 1 : 0;
    case '||':
      return a !== 0 || b !== 0 ? 1 : 0;
  }
}

const TESTS: readonly BinaryOp[] = ['==', '!=', '<', '<=', '&&', '||'];

/** The expression as 0 or 1, which comparisons and logic give already. */
function truth(e: Expr): Expr {
  const isTest = e.k === 'not' || (e.k === 'binary' && TESTS.includes(e.op));
  return isTest ? e : { k: 'binary', op: '!=', a: e, b: num(0) };
}

/** Builds an operation, folding constants so that a program assembled for one design carries no dead tests. */
export function binary(op: BinaryOp, left: Operand, right: Operand): Expr {
  const a = expr(left);
  const b = expr(right);
  if (a.k === 'const' && b.k === 'const') return num(applyBinary(op, a.value, b.value));
  if (op === '&&') {
    if (a.k === 'const') return a.value === 0 ? num(0) : truth(b);
    if (b.k === 'const') return b.value === 0 ? num(0) : truth(a);
  }
  if (op === '||') {
    if (a.k === 'const') return a.value !== 0 ? num(1) : truth(b);
    if (b.k === 'const') return b.value !== 0 ? num(1) : truth(a);
  }
  return { k: 'binary', op, a, b };
}

export const add = (a: Operand, b: Operand): Expr => binary('+', a, b);
export const sub = (a: Operand, b: Operand): Expr => binary('-', a, b);
export const bitAnd = (a: Operand, b: Operand): Expr => binary('&', a, b);
export const bitOr = (a: Operand, b: Operand): Expr => binary('|', a, b);
export const shl = (a: Operand, b: Operand): Expr => binary('<<', a, b);
export const shr = (a: Operand, b: Operand): Expr => binary('>>>', a, b);
export const eq = (a: Operand, b: Operand): Expr => binary('==', a, b);
export const ne = (a: Operand, b: Operand): Expr => binary('!=', a, b);
export const lt = (a: Operand, b: Operand): Expr => binary('<', a, b);

/** Conjunction of any number of tests; with none it is true. */
export function and(...tests: readonly Operand[]): Expr {
  return tests.reduce<Expr>((all, test) => binary('&&', all, test), num(1));
}

/** Disjunction of any number of tests; with none it is false. */
export function or(...tests: readonly Operand[]): Expr {
  return tests.reduce<Expr>((any, test) => binary('||', any, test), num(0));
}

export function not(a: Operand): Expr {
  const e = expr(a);
  return e.k === 'const' ? num(e.value === 0 ? 1 : 0) : { k: 'not', a: e };
}

export function cond(test: Operand, then: Operand, otherwise: Operand): Expr {
  const t = expr(test);
  if (t.k === 'const') return expr(t.value !== 0 ? then : otherwise);
  return { k: 'cond', test: t, then: expr(then), else: expr(otherwise) };
}

export interface FindArgs {
  readonly field: string;
  readonly row?: Operand;
  readonly from: Operand;
  readonly to: Operand;
  readonly mask?: number;
  readonly value: number;
}

/** See `find` in Expr. Without a mask all bits are compared. */
export function find({ field, row = 0, from, to, mask = -1, value }: FindArgs): Expr {
  return { k: 'find', field, row: expr(row), from: expr(from), to: expr(to), mask, value };
}

/** The expressions directly inside one. */
export function partsOf(e: Expr): readonly Expr[] {
  switch (e.k) {
    case 'const':
    case 'move':
    case 'each':
      return [];
    case 'get':
      return [e.row, e.col];
    case 'table':
      return [e.index];
    case 'not':
      return [e.a];
    case 'binary':
      return [e.a, e.b];
    case 'cond':
      return [e.test, e.then, e.else];
    case 'find':
      return [e.row, e.from, e.to];
  }
}

/** Calls `visit` for the expression and each of its parts, outermost first. */
export function visitExpr(e: Expr, visit: (part: Expr) => void): void {
  visit(e);
  for (const part of partsOf(e)) visitExpr(part, visit);
}
