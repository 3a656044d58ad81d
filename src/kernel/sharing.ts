import { at } from '../lib/at.ts';
import { and, eq, type Expr, not, num, or } from '../program/expr.ts';
import { set, type Stmt, type Template, when } from '../program/instr.ts';
import { frameOf, newEntry, present } from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { nodeOf } from '../machine/replicas.ts';
import { entryAt, entryName, setEntry, showFrame, touch } from '../machine/thread.ts';
import { judgeWrite, type KernelThread, type Place, tableLockOf } from './context.ts';
import { inEachCopy } from './copies.ts';
import type { Copies } from './drop-copy.ts';
import { tableFlags } from './fill.ts';
import { type Pointers, pointersOf, readTop, readUpper, stepDown } from './pointers.ts';

/** The other processes that use the table of `level` of this one: it, or a table above it, is shared. */
export function othersOf({ world }: KernelThread, mm: number, level: number): readonly number[] {
  const { shared } = world;
  if (shared === null || level < shared.level || !shared.mms.includes(mm)) return [];
  return shared.mms.filter((other) => other !== mm);
}

/** Those that the design takes into account (all-parents). */
export function heededOthers(t: KernelThread, mm: number, level: number): readonly number[] {
  return t.design.sharedTables === 'all-parents' ? othersOf(t, mm, level) : [];
}

/** page_table_lock of this process and of the others, in address order. */
export function lockAll(t: KernelThread, mm: number, others: readonly number[]): void {
  for (const one of [mm, ...others].toSorted((a, b) => a - b)) takeLock(t, tableLockOf(t, one));
}

export function unlockAll(t: KernelThread, mm: number, others: readonly number[]): void {
  for (const one of [mm, ...others].toSorted((a, b) => b - a)) dropLock(t, tableLockOf(t, one));
}

/** Another process's own entry that may lead to the shared table. */
export interface OtherParent {
  readonly place: Place;
  readonly pointers: Pointers;
  /** Level of the entry. */
  readonly level: number;
}

/** With their page_table_locks held: walks to each other process's parent entry. Only the topmost shared table has several. */
export function findOtherParents(t: KernelThread, place: Place, level: number): readonly OtherParent[] {
  if (t.world.shared?.level !== level) return [];
  return heededOthers(t, place.mm, level).map((mm) => {
    const other: Place = { ...place, mm };
    const pointers = pointersOf(t, `other${String(mm)}_`);
    t.asm.line(`walk to the entry of ${at(t.world.mms, mm).name}, which shares the table`);
    readTop(t, mm, pointers);
    for (let upper = 0; upper < level - 1; upper++) {
      readUpper(t, { place: other, pointers, level: upper, read: 'first' });
      stepDown(t, pointers, upper);
    }
    return { place: other, pointers, level: level - 1 };
  });
}

/** What the entries of other processes are made to lead to. */
export interface OthersLead {
  readonly old: Expr;
  /** The new table; null clears the entry. */
  readonly fresh: Expr | null;
  readonly copies: Copies | null;
}

/** Each other process's entry (and its copies) that leads to `old` is made to lead to `fresh`, or cleared. */
export function writeOthers(t: KernelThread, others: readonly OtherParent[], lead: OthersLead): void {
  for (const { place, pointers, level } of others) {
    const table = at(pointers.tables, level).value;
    const [index, name] = [at(place.path, level), at(t.world.mms, place.mm).name];
    const { old, fresh } = lead;
    const tag = fresh === null ? 'write' : 'swing';
    const label = (holder: Expr): Template => [
      fresh === null ? 'clear ' : 'swing ',
      ...entryName(t, level, index, holder),
      ` of ${name}`,
      ...(fresh === null ? [', which led to ', showFrame(old)] : [' to ', showFrame(fresh)]),
    ];
    const value = fresh === null ? 0 : newEntry(fresh, tableFlags(t.world, level));
    const writing = (holder: Expr): readonly Stmt[] => [setEntry(holder, index, value)];
    t.asm.step({
      label: label(table),
      tag,
      body: [
        ...touch(table, 'setting the parent entry'),
        ...when(isWritten(entryAt(table, index), table, lead), [
          ...judgeWrite(t, place, table, level),
          ...writing(table),
        ]),
        set('ghost.to_be_set', 0, place.mm),
      ],
    });
    const body = (copy: Expr): readonly Stmt[] =>
      when(isWritten(entryAt(copy, index), copy, lead), writing(copy));
    inEachCopy(t, { table, tag, label, body });
  }
}

/** An entry is cleared where it leads to the old table, and set again; where there are copies, only those that led there are set. */
function isWritten(entry: Expr, holder: Expr, { old, fresh, copies }: OthersLead): Expr {
  const leads = and(present(entry), eq(frameOf(entry), old));
  if (fresh === null) return leads;
  if (copies === null) return num(1);
  return or(not(present(entry)), leads, eq(nodeOf(holder), copies.destination));
}
