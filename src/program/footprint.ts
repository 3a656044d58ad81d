import { assertNever } from '../lib/assert-never.ts';
import { at } from '../lib/at.ts';
import { type Expr, partsOf } from './expr.ts';
import type { Program, Stmt } from './instr.ts';
import { fieldOf, type Layout } from './layout.ts';

/** Words of the flat state that something may read and write, as masks: bit i is word i. */
export interface Footprint {
  readonly reads: bigint;
  readonly writes: bigint;
}

export const NOTHING: Footprint = { reads: 0n, writes: 0n };

export function both(a: Footprint, b: Footprint): Footprint {
  return { reads: a.reads | b.reads, writes: a.writes | b.writes };
}

/** Whether two cannot be told apart by their order: neither writes what the other reads or writes. */
export function areIndependent(a: Footprint, b: Footprint): boolean {
  return (a.writes & (b.reads | b.writes)) === 0n && (a.reads & b.writes) === 0n;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Elements of a field, rows by columns. */
function wordsOf(layout: Layout, name: string, rows: Span | null, cols: Span | null): bigint {
  const field = fieldOf(layout, name);
  const r = rows ?? { from: 0, to: field.rows };
  const c = cols ?? { from: 0, to: field.cols };
  let mask = 0n;
  for (let row = r.from; row < Math.min(r.to, field.rows); row++)
    for (let col = c.from; col < Math.min(c.to, field.cols); col++)
      mask |= 1n << BigInt(field.offset + row * field.cols + col);
  return mask;
}

/** One row or column where that is certain; null: any. */
function only(index: Expr): Span | null {
  return index.k === 'const' ? { from: index.value, to: index.value + 1 } : null;
}

function between(from: Expr, to: Expr): Span | null {
  return from.k === 'const' && to.k === 'const' ? { from: from.value, to: to.value } : null;
}

/** By pc: names of the constant tables that are looked up at it. */
export type LookUps = ReadonlyMap<string, Set<string>>;

/** Words that an expression may read. Look-ups of tables at a field that `lookUps` asks for are told there instead. */
export function readsOf(layout: Layout, e: Expr, lookUps: LookUps = NONE): bigint {
  const asked = e.k === 'table' && e.index.k === 'get' ? lookUps.get(e.index.field) : undefined;
  if (asked !== undefined && e.k === 'table' && partsOf(e.index).every(({ k }) => k === 'const')) {
    asked.add(e.table);
    return 0n;
  }
  let mask = 0n;
  if (e.k === 'get') mask = wordsOf(layout, e.field, only(e.row), only(e.col));
  if (e.k === 'find') mask = wordsOf(layout, e.field, only(e.row), between(e.from, e.to));
  return partsOf(e).reduce((sum, part) => sum | readsOf(layout, part, lookUps), mask);
}

const NONE: LookUps = new Map();

/** What statements may read and write, whichever way they go. The words of violations are not counted: they only tell. */
export function footprintOf(layout: Layout, body: readonly Stmt[]): Footprint {
  return body.map((stmt) => ofStmt(layout, stmt)).reduce(both, NOTHING);
}

function ofStmt(layout: Layout, stmt: Stmt): Footprint {
  const reading = (...parts: readonly Expr[]): bigint =>
    parts.reduce((mask, part) => mask | readsOf(layout, part), 0n);
  switch (stmt.k) {
    case 'set':
      return {
        reads: reading(stmt.row, stmt.col, stmt.value),
        writes: wordsOf(layout, stmt.field, only(stmt.row), only(stmt.col)),
      };
    case 'if': {
      const inside = footprintOf(layout, [...stmt.then, ...stmt.else]);
      return both({ reads: reading(stmt.test), writes: 0n }, inside);
    }
    case 'each':
      return footprintOf(layout, stmt.body);
    case 'fill':
    case 'and-row': {
      const row = wordsOf(layout, stmt.field, only(stmt.row), null);
      const operand = stmt.k === 'fill' ? stmt.value : stmt.mask;
      return { reads: reading(stmt.row, operand) | (stmt.k === 'fill' ? 0n : row), writes: row };
    }
    case 'copy-row':
      return {
        reads: reading(stmt.to, stmt.from) | wordsOf(layout, stmt.field, only(stmt.from), null),
        writes: wordsOf(layout, stmt.field, only(stmt.to), null),
      };
    case 'violate':
    case 'reach':
    case 'halt':
      return NOTHING;
    default:
      return assertNever(stmt);
  }
}

/** What a step does, with the local work after it, and where control can come to rest then. */
export interface StepFootprint extends Footprint {
  readonly targets: readonly number[];
}

/**
 * The footprint of the step at `pc`, its guard and the forgetting of dead locals in it. For the look-ups of its guard see
 * `readsOf`.
 */
export function stepFootprint(
  layout: Layout,
  program: Program,
  pc: number,
  lookUps: LookUps = NONE,
): StepFootprint {
  const instr = at(program.instrs, pc);
  if (instr.k !== 'step') throw new Error(`instruction ${String(pc)} of ${program.name} is no step`);
  const guard = { reads: readsOf(layout, instr.guard, lookUps), writes: 0n };
  const { work, targets } = workAfter(layout, program, pc);
  if (mayHalt(instr.body)) targets.add(program.instrs.length - 1);
  const forgotten = [...program.locals, program.pcField].map((local) => wordsOf(layout, local, null, null));
  const all = [guard, footprintOf(layout, instr.body), work].reduce(both);
  return {
    reads: all.reads,
    writes: forgotten.reduce((sum, word) => sum | word, all.writes),
    targets: [...targets],
  };
}

function mayHalt(body: readonly Stmt[]): boolean {
  return body.some((stmt) => stmt.k === 'halt' || (stmt.k === 'if' && mayHalt([...stmt.then, ...stmt.else])));
}

/** The local work after a step, whichever way it goes, and the steps and ends where it stops. */
function workAfter(
  layout: Layout,
  { instrs }: Program,
  pc: number,
): { readonly work: Footprint; readonly targets: Set<number> } {
  let work = NOTHING;
  const [targets, seen] = [new Set<number>(), new Set<number>()];
  const todo = [pc + 1];
  for (let i = todo.pop(); i !== undefined; i = todo.pop()) {
    const next = at(instrs, i);
    if (seen.has(i)) continue;
    seen.add(i);
    if (next.k === 'step' || next.k === 'end') {
      targets.add(i);
      continue;
    }
    if (next.k === 'local') work = both(work, footprintOf(layout, next.body));
    if (next.k === 'branch') work = both(work, { reads: readsOf(layout, next.test), writes: 0n });
    if (next.k !== 'jump') todo.push(i + 1);
    if (next.k === 'branch' || next.k === 'jump') todo.push(next.target);
  }
  return { work, targets };
}
