import { at } from '../lib/at.ts';
import { ENTRY_D } from '../machine/entry.ts';
import { assign, entryAt, entryName, setEntry, tableVar, touch, type Var } from '../machine/thread.ts';
import { bitAnd, bitOr, eq, type Expr } from '../program/expr.ts';
import type { Stmt } from '../program/instr.ts';
import { judgeWrite, type KernelThread, type Place } from './context.ts';
import { mayLink, readCopy } from './links.ts';

export interface InCopies {
  readonly place: Place;
  /** Level of the entry. */
  readonly level: number;
  /** The current table, whose entry has just been changed in the same way; its lock is held. */
  readonly table: Expr;
  /** What is done, in words: 'read and clear', 'write-protect'. */
  readonly what: string;
  readonly value: (now: Expr) => Expr | number;
  /** Gets the D of every copy's entry as well. */
  readonly into?: Var;
}

/**
 * clearing=copies-too: what was done to an entry of the current table is done to the copies in limbo behind it, one atomic step each.
 * After that no CPU can set D anywhere for this entry, and each D set before is known to this thread.
 */
export function changeCopies(t: KernelThread, change: InCopies): void {
  const { asm, design } = t;
  if (design.clearing === 'current' || !mayLink(t, change.level)) return;
  const [next, none] = [asm.newLabel(), asm.newLabel()];
  const copy = tableVar(t, 'copy');
  asm.line(`the same in its copies in limbo${change.into === undefined ? '' : ', whose D is taken too'}`);
  readCopy(t, change.table, copy);
  asm.place(next);
  asm.branch(eq(copy.value, 0), none);
  changeOne(t, change, copy.value);
  if (design.linkShape === 'chain') {
    readCopy(t, copy.value, copy);
    asm.jump(next);
  }
  asm.place(none);
}

function changeOne(t: KernelThread, change: InCopies, copy: Expr): void {
  const { place, level, table, what, value, into } = change;
  const index = at(place.path, level);
  const now = entryAt(copy, index);
  const taken: readonly Stmt[] =
    into === undefined ? [] : [assign(into, bitOr(into.value, bitAnd(now, ENTRY_D)))];
  t.asm.step({
    label: [`${what} `, ...entryName(t, level, index, copy), ', in limbo'],
    tag: 'write',
    body: [
      ...touch(copy, 'a write of an entry in limbo'),
      ...judgeWrite(t, place, table, level),
      ...taken,
      setEntry(copy, index, value(now)),
    ],
  });
}
