import { assertNever } from '../lib/assert-never.ts';
import { mostOf } from './bounds.ts';
import { zeroTexts } from './compile-zero.ts';
import { type Expr, num } from './expr.ts';
import type { Stmt } from './instr.ts';
import type { Tables } from './interpret.ts';
import { fieldOf, type Layout } from './layout.ts';

/**
 * Expressions and statements as straight JavaScript over a flat state. The text names: S the state's words; u, offsets of those that were
 * written (the log), n of them, at most `UNDO`; o, scratch; mv the move; bad(k) notes violation number k; T the
 * constant tables. It is run by `cli` in Node and as a blob worker in the page; nothing here runs it.
 */
export interface CompileContext {
  readonly layout: Layout;
  readonly tables: Tables;
  /** Numbers of properties and moments: `bad` and `reach` get these. */
  readonly propertyNumber: (id: string) => number;
  readonly momentNumber: (id: string) => number;
}

/** JavaScript for an expression; `each` is the name of the loop variable. */
export function exprText(e: Expr, c: CompileContext): string {
  switch (e.k) {
    case 'const':
      return e.value < 0 ? `(${String(e.value)})` : String(e.value);
    case 'move':
      return 'mv';
    case 'each':
      return 'each';
    case 'get':
      return getText(e, c);
    case 'table':
      return tableText(e, c);
    case 'not':
      return `(${testText(e.a, c)}?0:1)`;
    case 'binary':
      return binaryText(e, c);
    case 'cond':
      return `(${testText(e.test, c)}?${exprText(e.then, c)}:${exprText(e.else, c)})`;
    case 'find': {
      const { offset, cols, rows } = fieldOf(c.layout, e.field);
      const [row, from, to] = [e.row, e.from, e.to].map((part) => exprText(part, c));
      const args = [offset, cols, rows, row, from, to, e.mask, e.value];
      return `find(${args.join(',')})`;
    }
    default:
      return assertNever(e);
  }
}

function tableText(e: Extract<Expr, { k: 'table' }>, c: CompileContext): string {
  const value = `T[${JSON.stringify(e.table)}][${exprText(e.index, c)}]`;
  return mostOf(e.index, c) < (c.tables.get(e.table)?.length ?? 0) ? value : `(${value}|0)`;
}

/** An index that is certainly inside needs no test: the field that it comes from cannot hold more. */
function getText(e: Extract<Expr, { k: 'get' }>, c: CompileContext): string {
  const { offset, rows, cols } = fieldOf(c.layout, e.field);
  if (isOutside(e.row, rows) || isOutside(e.col, cols)) return '0';
  const [row, col] = [exprText(e.row, c), exprText(e.col, c)];
  const [rowIsInside, colIsInside] = [mostOf(e.row, c) < rows, mostOf(e.col, c) < cols];
  if (rowIsInside && colIsInside) return `S[${placeText({ offset, cols }, e.row, e.col, c)}]`;
  if (rows === 1 && rowIsInside) return `g1(${String(offset)},${String(cols)},${col})`;
  return `g2(${[offset, cols, rows].join(',')},${row},${col})`;
}

function isOutside(index: Expr, size: number): boolean {
  return index.k === 'const' && (index.value < 0 || index.value >= size);
}

interface Block {
  readonly offset: number;
  readonly cols: number;
}

/** The word of an element, with what is constant added up. */
function placeText({ offset, cols }: Block, row: Expr, col: Expr, c: CompileContext): string {
  const fixed = offset + (row.k === 'const' ? row.value * cols : 0) + (col.k === 'const' ? col.value : 0);
  const parts = [String(fixed)];
  if (row.k !== 'const') parts.push(cols === 1 ? exprText(row, c) : `${exprText(row, c)}*${String(cols)}`);
  if (col.k !== 'const') parts.push(exprText(col, c));
  return parts.join('+');
}

const COMPARISONS = new Set(['==', '!=', '<', '<=']);

function binaryText(e: Extract<Expr, { k: 'binary' }>, c: CompileContext): string {
  if (COMPARISONS.has(e.op) || e.op === '&&' || e.op === '||') return `(${testText(e, c)}?1:0)`;
  const [a, b] = [exprText(e.a, c), exprText(e.b, c)];
  if (e.op === '*') return `Math.imul(${a},${b})`;
  return e.op === '+' || e.op === '-' ? `((${a}${e.op}${b})|0)` : `(${a}${e.op}${b})`;
}

/** JavaScript for a test: a boolean, with no numbers made in between. */
export function testText(e: Expr, c: CompileContext): string {
  if (e.k === 'const') return e.value === 0 ? 'false' : 'true';
  if (e.k === 'not') return `!(${testText(e.a, c)})`;
  if (e.k === 'binary') {
    if (e.op === '&&' || e.op === '||') return `(${togetherText(e.op, partsOf(e, e.op), c)})`;
    if (COMPARISONS.has(e.op)) {
      const op = e.op === '==' || e.op === '!=' ? `${e.op}=` : e.op;
      return `(${exprText(e.a, c)}${op}${exprText(e.b, c)})`;
    }
  }
  return `(${exprText(e, c)}!==0)`;
}

/** Parts of a conjunction or disjunction, from left to right; of another expression itself. */
export function partsOf(e: Expr, op: '&&' | '||'): readonly Expr[] {
  return e.k === 'binary' && e.op === op ? [...partsOf(e.a, op), ...partsOf(e.b, op)] : [e];
}

/** JavaScript for the conjunction or disjunction of one test or more. Neighbours of which one number tells are one test. */
export function togetherText(op: '&&' | '||', parts: readonly Expr[], c: CompileContext): string {
  const texts: string[] = [];
  let numbers: string[] = [];
  const close = (last: Expr | undefined): void => {
    const test = `(${numbers.join('|')})${op === '&&' ? '===' : '!=='}0`;
    if (last !== undefined && numbers.length > 0) texts.push(numbers.length > 1 ? test : testText(last, c));
    numbers = [];
  };
  for (const [i, part] of parts.entries()) {
    const { ifZero, unlessZero } = zeroTexts(part, c.layout);
    const number = op === '&&' ? ifZero : unlessZero;
    if (number !== null) numbers.push(number);
    else {
      close(parts[i - 1]);
      texts.push(testText(part, c));
    }
  }
  close(parts.at(-1));
  return texts.join(op);
}

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

/** Writes that one step can log: many more than any has in a world that is searched. */
export const UNDO = 4096;

/** Helpers that the text relies on, and the log. */
export const PRELUDE = `
const u=new Int32Array(${String(UNDO)});let mv=0;
function g1(o,k,i){return i>>>0<k?S[o+i]:0;}
function g2(o,k,r,i,j){return i>>>0<r&&j>>>0<k?S[o+i*k+j]:0;}
function row(o,k,r,i){return i>>>0<r?o+i*k:-1;}
function fit(x,m){if(x<0||x>m)throw new Error('a field cannot hold '+x+' (at most '+m+')');return x;}
function at(o,k,r,i,j){if(i<0||i>=r||j<0||j>=k)throw new Error('write outside a field');return o+i*k+j;}
function find(o,k,r,i,f,t,m,x){if(i>>>0>=r)return t;const b=o+i*k,e=t<k?t:k;for(let j=f<0?0:f;j<e;j++)if((S[b+j]&m)===x)return j;return t;}
`;
