import { assertNever } from '../lib/assert-never.ts';
import { type BinaryOp, applyBinary, type Expr } from './expr.ts';
import type { Stmt, Template } from './instr.ts';
import { type Journal, writeWord } from './journal.ts';
import { fieldOf, type Layout } from './layout.ts';

/** What a run of statements works on. One object is reused for all steps. */
export interface Machine {
  words: Int32Array;
  journal: Journal;
  /** The move chosen for this step. */
  move: number;
  /** The round of the `each` statement under way. */
  each: number;
  /** Set by `halt`: the thread stops for ever after this step. */
  halted: boolean;
  /** Violations and moments of this step, in order; texts are made by `describe`. */
  readonly found: Found[];
}

export interface Found {
  readonly kind: 'violation' | 'moment';
  readonly id: string;
  /** The state's values at that moment, put into words. */
  readonly why: readonly Piece[];
}

/** One piece of a template with its value worked out. */
export type Piece = string | { readonly value: number; readonly as: string };

/** The constant tables of a world, by name. */
export type Tables = ReadonlyMap<string, ArrayLike<number>>;

export interface Environment {
  readonly layout: Layout;
  readonly tables: Tables;
}

export type Evaluate = (machine: Machine) => number;
export type Execute = (machine: Machine) => void;

/** Turns an expression into a function of the machine. No code is generated: closures over closures. */
export function linkExpr(e: Expr, env: Environment): Evaluate {
  switch (e.k) {
    case 'const': {
      const { value } = e;
      return () => value;
    }
    case 'move':
      return (m) => m.move;
    case 'each':
      return (m) => m.each;
    case 'get':
      return linkGet(e, env);
    case 'table': {
      const values = env.tables.get(e.table);
      if (values === undefined) throw new Error(`no table ${e.table} in this world`);
      const index = linkExpr(e.index, env);
      return (m) => values[index(m)] ?? 0;
    }
    case 'not': {
      const a = linkExpr(e.a, env);
      return (m) => (a(m) === 0 ? 1 : 0);
    }
    case 'binary':
      return linkBinary(e.op, linkExpr(e.a, env), linkExpr(e.b, env));
    case 'cond': {
      const [test, then, otherwise] = [linkExpr(e.test, env), linkExpr(e.then, env), linkExpr(e.else, env)];
      return (m) => (test(m) !== 0 ? then(m) : otherwise(m));
    }
    case 'find':
      return linkFind(e, env);
    default:
      return assertNever(e);
  }
}

/** True where `index` is one of `count` rows or columns. */
function has(count: number, index: number): boolean {
  return index >= 0 && index < count;
}

function linkGet(e: Extract<Expr, { k: 'get' }>, env: Environment): Evaluate {
  const { offset, rows, cols } = fieldOf(env.layout, e.field);
  if (e.row.k === 'const' && e.col.k === 'const') {
    const inside = has(rows, e.row.value) && has(cols, e.col.value);
    const at = offset + e.row.value * cols + e.col.value;
    return inside ? (m) => m.words[at] ?? 0 : () => 0;
  }
  const [row, col] = [linkExpr(e.row, env), linkExpr(e.col, env)];
  return (m) => {
    const r = row(m);
    const c = col(m);
    return r >= 0 && r < rows && c >= 0 && c < cols ? (m.words[offset + r * cols + c] ?? 0) : 0;
  };
}

function linkBinary(op: BinaryOp, a: Evaluate, b: Evaluate): Evaluate {
  switch (op) {
    case '&&':
      return (m) => (a(m) !== 0 && b(m) !== 0 ? 1 : 0);
    case '||':
      return (m) => (a(m) !== 0 || b(m) !== 0 ? 1 : 0);
    case '==':
      return (m) => (a(m) === b(m) ? 1 : 0);
    case '!=':
      return (m) => (a(m) !== b(m) ? 1 : 0);
    default:
      return (m) => applyBinary(op, a(m), b(m));
  }
}

function linkFind(e: Extract<Expr, { k: 'find' }>, env: Environment): Evaluate {
  const { offset, rows, cols } = fieldOf(env.layout, e.field);
  const [row, from, to] = [linkExpr(e.row, env), linkExpr(e.from, env), linkExpr(e.to, env)];
  const { mask, value } = e;
  return (m) => {
    const r = row(m);
    const end = to(m);
    if (!has(rows, r)) return end;
    const base = offset + r * cols;
    const last = Math.min(end, cols);
    for (let c = Math.max(0, from(m)); c < last; c++)
      if (((m.words[base + c] ?? 0) & mask) === value) return c;
    return end;
  };
}

/** Turns a list of statements into one function. */
export function linkBody(body: readonly Stmt[], env: Environment): Execute {
  const parts = body.map((stmt) => linkStmt(stmt, env));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return (m) => {
    for (const part of parts) part(m);
  };
}

function linkStmt(stmt: Stmt, env: Environment): Execute {
  switch (stmt.k) {
    case 'set':
      return linkSet(stmt, env);
    case 'if': {
      const test = linkExpr(stmt.test, env);
      const [then, otherwise] = [linkBody(stmt.then, env), linkBody(stmt.else, env)];
      return (m) => {
        (test(m) !== 0 ? then : otherwise)(m);
      };
    }
    case 'each': {
      const body = linkBody(stmt.body, env);
      const { count } = stmt;
      return (m) => {
        for (m.each = 0; m.each < count; m.each++) body(m);
        m.each = 0;
      };
    }
    case 'fill':
      return linkRow(
        stmt.field,
        stmt.row,
        env,
        withinField(stmt.field, stmt.value, env),
        (_old, value) => value,
      );
    case 'and-row':
      return linkRow(stmt.field, stmt.row, env, linkExpr(stmt.mask, env), (old, mask) => old & mask);
    case 'copy-row':
      return linkCopy(stmt, env);
    case 'violate': {
      const why = linkTemplate(stmt.why, env);
      const { property } = stmt;
      return (m) => {
        m.found.push({ kind: 'violation', id: property, why: why(m) });
      };
    }
    case 'reach': {
      const found: Found = { kind: 'moment', id: stmt.moment, why: [] };
      return (m) => {
        m.found.push(found);
      };
    }
    case 'halt':
      return (m) => {
        m.halted = true;
      };
    default:
      return assertNever(stmt);
  }
}

function linkSet(stmt: Extract<Stmt, { k: 'set' }>, env: Environment): Execute {
  const { offset, rows, cols, name } = fieldOf(env.layout, stmt.field);
  const [row, col] = [linkExpr(stmt.row, env), linkExpr(stmt.col, env)];
  const value = withinField(stmt.field, stmt.value, env);
  return (m) => {
    const r = row(m);
    const c = col(m);
    const v = value(m);
    if (!has(rows, r) || !has(cols, c))
      throw new Error(`write to ${name}[${String(r)}][${String(c)}], which does not exist`);
    writeWord(m.words, m.journal, offset + r * cols + c, v);
  };
}

/** A value for a field; throws where the field cannot hold it. */
function withinField(field: string, value: Expr, env: Environment): Evaluate {
  const { name, max } = fieldOf(env.layout, field);
  const evaluate = linkExpr(value, env);
  return (m) => {
    const v = evaluate(m);
    if (v < 0 || v > max) throw new Error(`${name} cannot hold ${String(v)} (at most ${String(max)})`);
    return v;
  };
}

type Change = (old: number, operand: number) => number;

function linkRow(name: string, rowExpr: Expr, env: Environment, operand: Evaluate, change: Change): Execute {
  const { offset, rows, cols } = fieldOf(env.layout, name);
  const row = linkExpr(rowExpr, env);
  return (m) => {
    const r = row(m);
    if (!has(rows, r)) throw new Error(`write to row ${String(r)} of ${name}, which does not exist`);
    const base = offset + r * cols;
    const by = operand(m);
    for (let i = base; i < base + cols; i++) writeWord(m.words, m.journal, i, change(m.words[i] ?? 0, by));
  };
}

function linkCopy(stmt: Extract<Stmt, { k: 'copy-row' }>, env: Environment): Execute {
  const { offset, rows, cols, name } = fieldOf(env.layout, stmt.field);
  const [to, from] = [linkExpr(stmt.to, env), linkExpr(stmt.from, env)];
  return (m) => {
    const [t, f] = [to(m), from(m)];
    if (!has(rows, t)) throw new Error(`write to row ${String(t)} of ${name}, which does not exist`);
    const [target, source] = [offset + t * cols, offset + f * cols];
    const readable = has(rows, f);
    for (let i = 0; i < cols; i++)
      writeWord(m.words, m.journal, target + i, readable ? (m.words[source + i] ?? 0) : 0);
  };
}

/** Turns a template into a function that works out its values. */
export function linkTemplate(template: Template, env: Environment): (m: Machine) => readonly Piece[] {
  const parts = template.map((part) => {
    if (typeof part === 'string') return () => part;
    const value = linkExpr(part.value, env);
    const { as } = part;
    return (m: Machine): Piece => ({ value: value(m), as });
  });
  return (m) => parts.map((part) => part(m));
}
