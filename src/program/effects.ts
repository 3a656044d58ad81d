import { type Expr, visitExpr } from './expr.ts';
import type { Instr, Stmt } from './instr.ts';

/** Calls `read` for every field an expression looks at. */
function readsOf(e: Expr, read: (field: string) => void): void {
  visitExpr(e, (part) => {
    if (part.k === 'get' || part.k === 'find') read(part.field);
  });
}

export interface EffectVisitor {
  readonly read: (field: string) => void;
  readonly write: (field: string) => void;
}

/** Which fields a statement reads and writes, without the text of violations (it only reads). */
export function visitStmt(stmt: Stmt, { read, write }: EffectVisitor): void {
  switch (stmt.k) {
    case 'set':
      for (const part of [stmt.row, stmt.col, stmt.value]) readsOf(part, read);
      write(stmt.field);
      return;
    case 'if':
      readsOf(stmt.test, read);
      for (const inner of [...stmt.then, ...stmt.else]) visitStmt(inner, { read, write });
      return;
    case 'each':
      for (const inner of stmt.body) visitStmt(inner, { read, write });
      return;
    case 'fill':
    case 'and-row':
      readsOf(stmt.row, read);
      readsOf(stmt.k === 'fill' ? stmt.value : stmt.mask, read);
      if (stmt.k === 'and-row') read(stmt.field);
      write(stmt.field);
      return;
    case 'copy-row':
      readsOf(stmt.to, read);
      readsOf(stmt.from, read);
      read(stmt.field);
      write(stmt.field);
      return;
    case 'violate':
    case 'reach':
    case 'halt':
  }
}

export interface Effects {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/** Programs are never changed, and their compiler asks for the effects of one instruction once for every step that leads to it. */
const known = new WeakMap<Instr, Effects>();

/** Which fields one instruction may read (guard included) and write. */
export function effectsOf(instr: Instr): Effects {
  const found = known.get(instr) ?? findEffects(instr);
  known.set(instr, found);
  return found;
}

function findEffects(instr: Instr): Effects {
  const reads = new Set<string>();
  const writes = new Set<string>();
  const visitor = { read: (f: string) => reads.add(f), write: (f: string) => writes.add(f) };
  if (instr.k === 'step') readsOf(instr.guard, visitor.read);
  if (instr.k === 'branch') readsOf(instr.test, visitor.read);
  if (instr.k === 'step' || instr.k === 'local') for (const stmt of instr.body) visitStmt(stmt, visitor);
  return { reads, writes };
}

/** Fields that some instruction of the list may write: all others are constants of the world. */
export function writtenFields(instrs: readonly Instr[]): ReadonlySet<string> {
  const written = new Set<string>();
  for (const instr of instrs) for (const field of effectsOf(instr).writes) written.add(field);
  return written;
}
