import { assertNever } from '../lib/assert-never.ts';
import { mostOf } from './bounds.ts';
import { type CompileContext, exprText, placeText, testText } from './compile.ts';
import { type Expr, num } from './expr.ts';
import type { Stmt } from './instr.ts';
import { fieldOf } from './layout.ts';

/** Words that are certainly in the log already, where some text is being written: those are not logged again. */
export type Logged = Set<string>;

/** JavaScript for statements, which adds to `logged`. `halt` sets h. */
export function bodyText(body: readonly Stmt[], c: CompileContext, logged: Logged): string {
  return body.map((stmt) => stmtText(stmt, c, logged)).join('');
}

/** Writes a value to a word and logs that: also one that is there already, since asking is as much work for V8 as writing. */
export function writeText(place: string, value: string, logged: Logged): string {
  if (!/^\d+$/.test(place)) return `o=${place};u[n++]=o;S[o]=${value};`;
  const log = logged.has(place) ? '' : `u[n++]=${place};`;
  logged.add(place);
  return `${log}S[${place}]=${value};`;
}

function ifText(stmt: Extract<Stmt, { k: 'if' }>, c: CompileContext, logged: Logged): string {
  const [yes, no] = [new Set(logged), new Set(logged)];
  const then = bodyText(stmt.then, c, yes);
  const otherwise = stmt.else.length === 0 ? '' : `else{${bodyText(stmt.else, c, no)}}`;
  for (const place of yes) if (no.has(place)) logged.add(place);
  return `if(${testText(stmt.test, c)}){${then}}${otherwise}`;
}

function stmtText(stmt: Stmt, c: CompileContext, logged: Logged): string {
  switch (stmt.k) {
    case 'set':
      return setText(stmt, c, logged);
    case 'if':
      return ifText(stmt, c, logged);
    case 'each':
      return `for(let each=0;each<${String(stmt.count)};each++){${bodyText(stmt.body, c, new Set(logged))}}`;
    case 'fill':
      return rowText(stmt, { operand: withinText(stmt.field, stmt.value, c), value: () => 'z' }, c, logged);
    case 'and-row':
      return rowText(stmt, { operand: exprText(stmt.mask, c), value: (old) => `${old}&z` }, c, logged);
    case 'copy-row':
      return copyText(stmt, c);
    case 'violate':
      return `bad(${String(c.propertyNumber(stmt.property))});`;
    case 'reach':
      return `reach(${String(c.momentNumber(stmt.moment))});`;
    case 'halt':
      return 'h=1;';
    default:
      return assertNever(stmt);
  }
}

/** A value for a field: one that could be more than the field holds, or negative, is asked for. */
function withinText(field: string, value: Expr, c: CompileContext): string {
  const { max } = fieldOf(c.layout, field);
  const text = exprText(value, c);
  return mostOf(value, c) <= max ? text : `fit(${text},${String(max)})`;
}

function setText(stmt: Extract<Stmt, { k: 'set' }>, c: CompileContext, logged: Logged): string {
  const { offset, rows, cols } = fieldOf(c.layout, stmt.field);
  const value = withinText(stmt.field, stmt.value, c);
  const isInside = mostOf(stmt.row, c) < rows && mostOf(stmt.col, c) < cols;
  if (isInside) return writeText(placeText({ offset, cols }, stmt.row, stmt.col, c), value, logged);
  const [row, col] = [exprText(stmt.row, c), exprText(stmt.col, c)];
  return writeText(`at(${[offset, cols, rows].join(',')},${row},${col})`, value, logged);
}

/** The first word of a row that is written. */
function rowPlace(name: string, row: Expr, c: CompileContext): string {
  const { offset, rows, cols } = fieldOf(c.layout, name);
  if (mostOf(row, c) < rows) return placeText({ offset, cols }, row, num(0), c);
  return `at(${[offset, cols, rows].join(',')},${exprText(row, c)},0)`;
}

/** A row that there is not is read as zeroes. */
function copyText({ field, from, to }: Extract<Stmt, { k: 'copy-row' }>, c: CompileContext): string {
  const { offset, rows, cols } = fieldOf(c.layout, field);
  const isInside = mostOf(from, c) < rows;
  const a = isInside
    ? placeText({ offset, cols }, from, num(0), c)
    : `row(${[offset, cols, rows].join(',')},${exprText(from, c)})`;
  const write = writeText('b+i', isInside ? 'S[a+i]' : 'a<0?0:S[a+i]', new Set());
  return `{const a=${a},b=${rowPlace(field, to, c)};for(let i=0;i<${String(cols)};i++){${write}}}`;
}

interface RowChange {
  /** Worked out once, before the row changes: z. */
  readonly operand: string;
  readonly value: (old: string) => string;
}

/** Rows that short are written element by element. */
const UNROLLED = 8;

function rowText(
  { field, row }: Extract<Stmt, { k: 'fill' | 'and-row' }>,
  { operand, value }: RowChange,
  c: CompileContext,
  logged: Logged,
): string {
  const { offset, rows, cols } = fieldOf(c.layout, field);
  const first = `const z=${operand};`;
  if (row.k !== 'const' || row.value < 0 || row.value >= rows || cols > UNROLLED) {
    const write = writeText('i', value('S[i]'), new Set());
    return `{${first}const b=${rowPlace(field, row, c)};for(let i=b;i<b+${String(cols)};i++){${write}}}`;
  }
  const words = Array.from({ length: cols }, (_, col) => String(offset + row.value * cols + col));
  return `{${first}${words.map((word) => writeText(word, value(`S[${word}]`), logged)).join('')}}`;
}
