import { at } from '../lib/at.ts';
import { and, eq, type Expr } from '../program/expr.ts';
import { set, when } from '../program/instr.ts';
import { frameOf, newEntry, present } from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { entryAt, entryName, setEntry, showFrame, touch } from '../machine/thread.ts';
import { judgeWrite, type KernelThread, type Place, tableLockOf } from './context.ts';
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

/** Each other process's entry that leads to `old` is made to lead to `value` (a frame, or 0 to clear it). */
export function writeOthers(
  t: KernelThread,
  others: readonly OtherParent[],
  old: Expr,
  value: Expr | null,
): void {
  for (const { place, pointers, level } of others) {
    const table = at(pointers.tables, level).value;
    const index = at(place.path, level);
    const entry = entryAt(table, index);
    const fresh: Expr | number = value === null ? 0 : newEntry(value, tableFlags(t.world, level));
    const leads =
      value === null ? and(present(entry), eq(frameOf(entry), old)) : { k: 'const' as const, value: 1 };
    t.asm.step({
      label: [
        value === null ? 'clear ' : 'swing ',
        ...entryName(t, level, index, table),
        ` of ${at(t.world.mms, place.mm).name}`,
        ...(value === null ? [', which led to ', showFrame(old)] : [' to ', showFrame(value)]),
      ],
      tag: value === null ? 'write' : 'swing',
      body: [
        ...touch(table, 'setting the parent entry'),
        ...when(leads, [...judgeWrite(t, place, table, level), setEntry(table, index, fresh)]),
        set('ghost.to_be_set', 0, place.mm),
      ],
    });
  }
}
