import { assertNever } from '../lib/assert-never.ts';
import { mostOf } from './bounds.ts';
import { zeroTexts } from './compile-zero.ts';
import type { Expr } from './expr.ts';
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

/** Where a field begins, and how long its rows are. */
export interface Block {
  readonly offset: number;
  readonly cols: number;
}

/** The word of an element, with what is constant added up. */
export function placeText({ offset, cols }: Block, row: Expr, col: Expr, c: CompileContext): string {
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
