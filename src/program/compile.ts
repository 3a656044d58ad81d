import { assertNever } from '../lib/assert-never.ts';
import { at } from '../lib/at.ts';
import type { Expr } from './expr.ts';
import type { Program, Stmt } from './instr.ts';
import type { Tables } from './interpret.ts';
import { fieldOf, type Layout } from './layout.ts';
import { deadLocals } from './liveness.ts';

/**
 * Programs as straight JavaScript over a flat state. The text names: S the state's words; u and v, arrays of offsets and
 * old values (the undo log) with n entries; mv the move; bad(k) notes violation number k; T the constant tables.
 * It is run by `cli` in Node and as a blob worker in the page; nothing here runs it.
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
      return String(e.value);
    case 'move':
      return 'mv';
    case 'each':
      return 'each';
    case 'get':
      return getText(e, c);
    case 'table':
      return `T[${JSON.stringify(e.table)}][${exprText(e.index, c)}]`;
    case 'not':
      return `(${exprText(e.a, c)}===0?1:0)`;
    case 'binary':
      return binaryText(e, c);
    case 'cond':
      return `(${testText(e.test, c)}?${exprText(e.then, c)}:${exprText(e.else, c)})`;
    case 'find': {
      const { offset, cols, rows } = fieldOf(c.layout, e.field);
      const args = [
        offset,
        cols,
        rows,
        exprText(e.row, c),
        exprText(e.from, c),
        exprText(e.to, c),
        e.mask,
        e.value,
      ];
      return `find(${args.join(',')})`;
    }
    default:
      return assertNever(e);
  }
}

function getText(e: Extract<Expr, { k: 'get' }>, c: CompileContext): string {
  const { offset, rows, cols } = fieldOf(c.layout, e.field);
  if (e.row.k === 'const' && e.col.k === 'const') {
    const inside = e.row.value < rows && e.col.value < cols;
    return inside ? `S[${String(offset + e.row.value * cols + e.col.value)}]` : '0';
  }
  const [row, col] = [exprText(e.row, c), exprText(e.col, c)];
  if (rows === 1) return `g1(${String(offset)},${String(cols)},${col})`;
  return `g2(${String(offset)},${String(cols)},${String(rows)},${row},${col})`;
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
  if (e.k === 'not') return `!(${testText(e.a, c)})`;
  if (e.k === 'binary') {
    if (e.op === '&&' || e.op === '||') return `(${testText(e.a, c)}${e.op}${testText(e.b, c)})`;
    if (COMPARISONS.has(e.op)) {
      const op = e.op === '==' || e.op === '!=' ? `${e.op}=` : e.op;
      return `(${exprText(e.a, c)}${op}${exprText(e.b, c)})`;
    }
  }
  return `(${exprText(e, c)}!==0)`;
}

/** JavaScript for statements. `halt` sets h. */
export function bodyText(body: readonly Stmt[], c: CompileContext): string {
  return body.map((stmt) => stmtText(stmt, c)).join('');
}

function stmtText(stmt: Stmt, c: CompileContext): string {
  switch (stmt.k) {
    case 'set':
      return setText(stmt, c);
    case 'if': {
      const otherwise = stmt.else.length === 0 ? '' : `else{${bodyText(stmt.else, c)}}`;
      return `if(${testText(stmt.test, c)}){${bodyText(stmt.then, c)}}${otherwise}`;
    }
    case 'each':
      return `for(let each=0;each<${String(stmt.count)};each++){${bodyText(stmt.body, c)}}`;
    case 'fill':
      return rowText(stmt.field, exprText(stmt.row, c), exprText(stmt.value, c), c);
    case 'and-row':
      return rowText(stmt.field, exprText(stmt.row, c), `S[i]&${exprText(stmt.mask, c)}`, c);
    case 'copy-row': {
      const { offset, cols } = fieldOf(c.layout, stmt.field);
      const from = `${String(offset)}+${exprText(stmt.from, c)}*${String(cols)}`;
      const to = `${String(offset)}+${exprText(stmt.to, c)}*${String(cols)}`;
      return `{const a=${from},b=${to};for(let i=0;i<${String(cols)};i++)w(b+i,S[a+i]);}`;
    }
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

function setText(stmt: Extract<Stmt, { k: 'set' }>, c: CompileContext): string {
  const { offset, rows, cols } = fieldOf(c.layout, stmt.field);
  const value = exprText(stmt.value, c);
  if (stmt.row.k === 'const' && stmt.col.k === 'const')
    return `w(${String(offset + stmt.row.value * cols + stmt.col.value)},${value});`;
  const [row, col] = [exprText(stmt.row, c), exprText(stmt.col, c)];
  return `w(at(${String(offset)},${String(cols)},${String(rows)},${row},${col}),${value});`;
}

function rowText(name: string, row: string, value: string, c: CompileContext): string {
  const { offset, cols } = fieldOf(c.layout, name);
  return `{const b=${String(offset)}+${row}*${String(cols)};for(let i=b;i<b+${String(cols)};i++)w(i,${value});}`;
}

/** Helpers that the text of programs relies on. `w` writes through the undo log. */
export const PRELUDE = `
const u=new Int32Array(4096),v=new Int32Array(4096);let n=0,mv=0,h=0;
function w(o,x){const y=S[o];if(y!==x){u[n]=o;v[n]=y;n++;S[o]=x;}}
function undo(){while(n>0){n--;S[u[n]]=v[n];}}
function g1(o,k,i){return i<k?S[o+i]:0;}
function g2(o,k,r,i,j){return i<r&&j<k?S[o+i*k+j]:0;}
function at(o,k,r,i,j){if(i<0||i>=r||j<0||j>=k)throw new Error('write outside a field');return o+i*k+j;}
function find(o,k,r,i,f,t,m,x){if(i>=r)return t;const b=o+i*k,e=t<k?t:k;for(let j=f;j<e;j++)if((S[b+j]&m)===x)return j;return t;}
`;

/** The functions of one program: `guard<name>(pc)` and `step<name>(pc)`, which carries out the step and the local work after it. */
export function programText(program: Program, name: string, c: CompileContext): string {
  const pc = fieldOf(c.layout, program.pcField).offset;
  const dead = deadLocals(program);
  const guards: string[] = [];
  const steps: string[] = [];
  program.instrs.forEach((instr, i) => {
    if (instr.k !== 'step') return;
    guards.push(`case ${String(i)}:return ${testText(instr.guard, c)};`);
    const halting = `if(h!==0){h=0;go${name}(${String(program.instrs.length - 1)});}else `;
    const mayHalt = JSON.stringify(instr.body).includes('"k":"halt"');
    steps.push(
      `case ${String(i)}:{${bodyText(instr.body, c)}${mayHalt ? halting : ''}go${name}(${String(i + 1)});return;}`,
    );
  });
  const arrivals = program.instrs.map(
    (instr, i) => `case ${String(i)}:${arrivalText(instr, i, { c, pc, dead: at(dead, i) })}`,
  );
  return [
    `function guard${name}(pc){switch(pc){${guards.join('')}}return false;}`,
    `function go${name}(pc){for(;;)switch(pc){${arrivals.join('')}default:throw new Error('no instruction');}}`,
    `function step${name}(pc){switch(pc){${steps.join('')}}throw new Error('not a step');}`,
  ].join('\n');
}

interface Arrival {
  readonly c: CompileContext;
  readonly pc: number;
  readonly dead: readonly string[];
}

/** What happens when control arrives at an instruction: local work goes on, a step or end stops there. */
function arrivalText(instr: Program['instrs'][number], i: number, { c, pc, dead }: Arrival): string {
  switch (instr.k) {
    case 'step':
    case 'end':
      return `${dead.map((local) => `w(${String(fieldOf(c.layout, local).offset)},0);`).join('')}w(${String(pc)},${String(i)});return;`;
    case 'local':
      return `{${bodyText(instr.body, c)}pc=${String(i + 1)};continue;}`;
    case 'branch':
      return `pc=${testText(instr.test, c)}?${String(instr.target)}:${String(i + 1)};continue;`;
    case 'jump':
      return `pc=${String(instr.target)};continue;`;
    default:
      return assertNever(instr);
  }
}
