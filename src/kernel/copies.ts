import { ENTRY_A, ENTRY_D, present } from '../machine/entry.ts';
import { guardOf, nextCopy } from '../machine/replicas.ts';
import { assign, entryAt, entryName, tableVar, touch, type Var } from '../machine/thread.ts';
import { bitAnd, bitOr, eq, type Expr, or } from '../program/expr.ts';
import { type Stmt, type Template, when } from '../program/instr.ts';
import type { KernelThread } from './context.ts';

export interface EachCopy {
  /** The table that was read or written just before. */
  readonly table: Expr;
  readonly tag: string;
  readonly label: (copy: Expr) => Template;
  readonly body: (copy: Expr) => readonly Stmt[];
}

/**
 * replicas=per-node: one step for each other copy of a table, in the order of their ring. Without copies nothing is written. A
 * reader without a lock may meet a ring that changes under it, so there are never more rounds than other nodes.
 */
export function inEachCopy(t: KernelThread, { table, tag, label, body }: EachCopy): void {
  const { asm, world } = t;
  if (world.replicas === null) return;
  const copy = tableVar(t, 'copy');
  const over = asm.newLabel();
  asm.line('the same in the copies on other nodes', 1);
  asm.local(assign(copy, nextCopy(table)));
  for (let round = 1; round < world.nodes; round++) {
    asm.branch(or(eq(copy.value, 0), eq(copy.value, table)), over);
    asm.step({
      label: label(copy.value),
      tag,
      body: [...touch(copy.value, 'the copy of a table'), ...body(copy.value)],
    });
    asm.local(assign(copy, nextCopy(copy.value)));
  }
  asm.place(over);
}

/** A kernel read of A and D: those of every copy are or-ed into what was read of the first. */
export function gatherBits(t: KernelThread, entry: EntryOfTable, into: Var): void {
  const { table, level, index } = entry;
  inEachCopy(t, {
    table,
    tag: 'read',
    label: (copy) => ['read A and D of ', ...entryName(t, level, index, copy)],
    body: (copy) =>
      when(present(into.value), [
        assign(into, bitOr(into.value, bitAnd(entryAt(copy, index), ENTRY_A | ENTRY_D))),
      ]),
  });
}

/** The table whose ptl guards a PTE table, kept in a local until the unlock: which one it is can change meanwhile. */
export function keepGuard(t: KernelThread, table: Expr): Expr {
  if (t.world.replicas === null) return table;
  const guard = tableVar(t, 'guard');
  t.asm.local(assign(guard, guardOf(t.world, table)));
  return guard.value;
}

export interface EntryOfTable {
  readonly table: Expr;
  readonly level: number;
  readonly index: Expr;
}
