import { assertNever } from '../lib/assert-never.ts';
import { at } from '../lib/at.ts';
import { type Expr, num } from './expr.ts';
import type { Stmt } from './instr.ts';
import { fieldOf, type Layout } from './layout.ts';

/**
 * Expressions and statements as Promela text (SPIN 6.5). Every field is a one-dimensional array of the same elements as in the flat
 * state, every constant table a hidden one. Numbers are 32-bit in both, and nothing that is shifted right is negative.
 */
export interface PromelaContext {
  readonly layout: Layout;
  /** The move of the step that the text is for. */
  readonly move: number;
  /** Numbers of properties: `BAD(k)` notes violation k. */
  readonly propertyNumber: (id: string) => number;
}

/** Fields and tables are called the same there, with `_` for what Promela does not allow in a name. */
export function promelaName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '_');
}

/** Promela for an expression. */
export function promelaExpr(e: Expr, c: PromelaContext): string {
  switch (e.k) {
    case 'const':
      return e.value < 0 ? `(${String(e.value)})` : String(e.value);
    case 'move':
      return String(c.move);
    case 'each':
      return 'turn';
    case 'not':
      return `(${promelaExpr(e.a, c)}==0)`;
    case 'cond':
      return `(${promelaTest(e.test, c)} -> ${promelaExpr(e.then, c)} : ${promelaExpr(e.else, c)})`;
    case 'binary':
      return `(${promelaExpr(e.a, c)}${e.op === '>>>' ? '>>' : e.op}${promelaExpr(e.b, c)})`;
    case 'table':
      return `${promelaName(e.table)}[${promelaExpr(e.index, c)}]`;
    case 'get':
      return getText(e, c);
    case 'find':
      return findText(e, c);
    default:
      return assertNever(e);
  }
}

/** An expression where only "not 0" matters. */
export function promelaTest(e: Expr, c: PromelaContext): string {
  return `(${promelaExpr(e, c)}!=0)`;
}

/** What is outside reads as 0. */
function getText(e: Extract<Expr, { k: 'get' }>, c: PromelaContext): string {
  const { rows, cols } = fieldOf(c.layout, e.field);
  const inside = [...bound(e.row, rows, c), ...bound(e.col, cols, c)];
  if (inside.includes('0')) return '0';
  const element = `${promelaName(e.field)}[${indexText(e.row, e.col, cols, c)}]`;
  return inside.length === 0 ? element : `((${inside.join('&&')}) -> ${element} : 0)`;
}

/** Nothing where an index is certainly inside, '0' where it certainly is not. */
function bound(index: Expr, size: number, c: PromelaContext): readonly string[] {
  if (index.k === 'const') return index.value < size ? [] : ['0'];
  return [`(${promelaExpr(index, c)}<${String(size)})`];
}

function indexText(row: Expr, col: Expr, cols: number, c: PromelaContext): string {
  if (row.k === 'const' && col.k === 'const') return String(row.value * cols + col.value);
  if (row.k === 'const' && row.value === 0) return promelaExpr(col, c);
  return `${promelaExpr(row, c)}*${String(cols)}+${promelaExpr(col, c)}`;
}

/** One test for each column, first to last. */
function findText(e: Extract<Expr, { k: 'find' }>, c: PromelaContext): string {
  const { cols, rows } = fieldOf(c.layout, e.field);
  const [row, from, to] = [e.row, e.from, e.to].map((part) => promelaExpr(part, c));
  let text = String(to);
  for (let col = cols - 1; col >= 0; col--) {
    const element = getText({ k: 'get', field: e.field, row: e.row, col: num(col) }, c);
    const matches = `(${element}&(${String(e.mask)}))==(${String(e.value)})`;
    text = `((${String(col)}>=${String(from)}&&${String(col)}<${String(to)}&&${matches}) -> ${String(col)} : ${text})`;
  }
  return `((${String(row)}<${String(rows)}) -> ${text} : ${String(to)})`;
}

/** Promela for statements, each ended by `;`. `halt` sets `halted`. Moments are not part of the state and are left out. */
export function promelaBody(body: readonly Stmt[], c: PromelaContext): string {
  return body.map((stmt) => stmtText(stmt, c)).join('');
}

function stmtText(stmt: Stmt, c: PromelaContext): string {
  switch (stmt.k) {
    case 'set': {
      const { cols } = fieldOf(c.layout, stmt.field);
      return `${promelaName(stmt.field)}[${indexText(stmt.row, stmt.col, cols, c)}]=${promelaExpr(stmt.value, c)};`;
    }
    case 'if':
      return `if ::${promelaTest(stmt.test, c)} -> ${promelaBody(stmt.then, c)}skip ::else -> ${promelaBody(stmt.else, c)}skip fi;`;
    case 'each':
      return `turn=0;do ::(turn<${String(stmt.count)}) -> ${promelaBody(stmt.body, c)}turn=turn+1 ::else -> break od;turn=0;`;
    case 'fill':
      return rowText(stmt.field, stmt.row, () => 'operand', { c, operand: stmt.value });
    case 'and-row':
      return rowText(stmt.field, stmt.row, (element) => `${element}&operand`, { c, operand: stmt.mask });
    case 'copy-row':
      return copyText(stmt, c);
    case 'violate':
      return `BAD(${String(c.propertyNumber(stmt.property))});`;
    case 'reach':
      return '';
    case 'halt':
      return 'halted=1;';
    default:
      return assertNever(stmt);
  }
}

interface RowOperand {
  readonly c: PromelaContext;
  readonly operand: Expr;
}

/** The operand and the row are worked out once, before the row changes. */
function rowText(
  field: string,
  row: Expr,
  value: (element: string) => string,
  { c, operand }: RowOperand,
): string {
  const { cols } = fieldOf(c.layout, field);
  const sets = Array.from({ length: cols }, (_, col) => {
    const element = `${promelaName(field)}[base+${String(col)}]`;
    return `${element}=${value(element)};`;
  });
  const first = `operand=${promelaExpr(operand, c)};base=${promelaExpr(row, c)}*${String(cols)};`;
  return `${first}${sets.join('')}operand=0;base=0;`;
}

function copyText(stmt: Extract<Stmt, { k: 'copy-row' }>, c: PromelaContext): string {
  const { cols } = fieldOf(c.layout, stmt.field);
  const name = promelaName(stmt.field);
  const sets = Array.from(
    { length: cols },
    (_, col) => `${name}[base+${String(col)}]=${name}[operand+${String(col)}];`,
  );
  const first = `operand=${promelaExpr(stmt.from, c)}*${String(cols)};base=${promelaExpr(stmt.to, c)}*${String(cols)};`;
  return `${first}${sets.join('')}operand=0;base=0;`;
}

/** A choice by number as nested tests, so that finding a case takes as many as the logarithm of their count. */
export function decide(
  name: string,
  cases: readonly { readonly at: number; readonly text: string }[],
): string {
  if (cases.length <= 1) return `${cases[0]?.text ?? ''}skip`;
  const middle = cases.length >> 1;
  const [low, high] = [cases.slice(0, middle), cases.slice(middle)];
  return `if ::(${name}<${String(at(high, 0).at)}) -> ${decide(name, low)} ::else -> ${decide(name, high)} fi`;
}
