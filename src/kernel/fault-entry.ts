import { at } from '../lib/at.ts';
import type { newEntry } from '../machine/entry.ts';
import { ENTRY_A, ENTRY_D, ENTRY_LEAF, ENTRY_SHIFT, ENTRY_W, frameOf } from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { guardOf } from '../machine/replicas.ts';
import {
  assign,
  entryAt,
  entryName,
  entryVar,
  setEntry,
  showEntry,
  touch,
  type Var,
} from '../machine/thread.ts';
import type { Va } from '../machine/world.ts';
import type { Label } from '../program/assembler.ts';
import { bitOr, ne, num, shl } from '../program/expr.ts';
import { type Stmt } from '../program/instr.ts';
import {
  bottomOf,
  allocate,
  giveBack,
  judgeWrite,
  type KernelThread,
  type Place,
  ptlOf,
  tableLockOf,
} from './context.ts';
import { inEachCopy } from './copies.ts';
import { delimboPte, delimboUpper, type LockedPte } from './delimbo.ts';
import { sleep } from './fill.ts';
import { ifEmpty, type Pointers, readUpper, walkAgain } from './pointers.ts';

/** Everything that the parts of a fault share. */
export interface Fault {
  readonly t: KernelThread;
  readonly va: Va;
  readonly write: boolean;
  readonly place: Place;
  readonly pointers: Pointers;
  /** The entry as it was read without a lock. */
  readonly orig: Var;
  readonly page: Var;
  readonly ptl: Var;
  /** Walk again from the top (a design that looks again). */
  readonly restart: Label;
  /** Release mmap_sem; the CPU tries the access again. */
  readonly done: Label;
}

export const pteOf = ({ pointers, va }: Fault): Var => at(pointers.tables, va.leaf);

export function readLeafUnlocked(f: Fault): void {
  const { t, va, place, orig } = f;
  const table = pteOf(f).value;
  const index = at(place.path, va.leaf);
  t.asm.line('read the entry, still without a lock');
  t.asm.step({
    label: ['read ', ...entryName(t, va.leaf, index, table), ': ', showEntry(entryAt(table, index))],
    tag: 'read',
    body: [...touch(table, 'a read of an entry'), assign(orig, entryAt(table, index))],
  });
}

/** Locks what guards the leaf entry and delimbos; afterwards the pointers lead to the current table. */
export function lockAndDelimbo(f: Fault, beforeRestart: readonly Stmt[]): void {
  const { t, va, place, pointers, ptl, restart } = f;
  const { asm } = t;
  const bottom = bottomOf(t);
  const lookAgain = (): void => {
    asm.local(...beforeRestart);
    asm.jump(restart);
  };
  if (va.leaf < bottom) {
    asm.line('lock page_table_lock (a huge page), delimbo');
    takeLock(t, tableLockOf(t, place.mm));
    delimboUpper(t, {
      place,
      pointers,
      level: va.leaf,
      onEmpty: () => {
        dropLock(t, tableLockOf(t, place.mm));
        lookAgain();
      },
    });
    return;
  }
  if (t.world.splitLocks) {
    asm.line('read ptl through the pmd entry again, lock it');
    readUpper(t, { place, pointers, level: bottom - 1, read: 'again' });
    ifEmpty(t, pointers, lookAgain);
    asm.local(assign(ptl, guardOf(t.world, frameOf(pointers.upper.value))));
  } else asm.line('lock ptl (page_table_lock: split locks are off)');
  takeLock(t, ptlOf(t, place.mm, ptl.value));
  asm.line('delimbo: make sure that the table is the current one');
  const locked: LockedPte = { place, pointers, ptl, lookAgain };
  delimboPte(t, locked);
}

export function unlock({ t, va, place, ptl }: Fault): void {
  const huge = va.leaf < bottomOf(t);
  dropLock(t, huge ? tableLockOf(t, place.mm) : ptlOf(t, place.mm, ptl.value));
}

/** Compares under the lock with what was read before; jumps to `changed` when it is another entry now. */
export function compare(f: Fault, changed: Label): void {
  const { t, va, place, orig } = f;
  const table = pteOf(f).value;
  const index = at(place.path, va.leaf);
  const now = entryVar(t, 'now');
  t.asm.line('if the entry is not what was read before: give up, the access is tried again');
  t.asm.step({
    label: ['compare ', ...entryName(t, va.leaf, index, table), ': ', showEntry(entryAt(table, index))],
    tag: 'read',
    body: [...touch(table, 'a read of an entry'), assign(now, entryAt(table, index))],
  });
  t.asm.branch(ne(now.value, orig.value), changed);
}

/** One step: writes the leaf entry, judged, and the reference model follows. */
export function writeEntry(f: Fault, value: ReturnType<typeof newEntry>, also: readonly Stmt[]): void {
  const { t, va, place } = f;
  const table = pteOf(f).value;
  const index = at(place.path, va.leaf);
  t.asm.step({
    label: ['set ', ...entryName(t, va.leaf, index, table), ' to ', showEntry(value)],
    tag: 'write',
    body: [
      ...touch(table, 'a write of an entry'),
      ...judgeWrite(t, place, table, va.leaf),
      setEntry(table, index, value),
      ...also,
    ],
  });
  inEachCopy(t, {
    table,
    tag: 'write',
    label: (copy) => ['set ', ...entryName(t, va.leaf, index, copy), ' to ', showEntry(value)],
    body: (copy) => [setEntry(copy, index, value)],
  });
}

/** What the reference model keeps of a translation: the page and W. */
export function translationOf(page: Var['value'], writable: boolean): ReturnType<typeof bitOr> {
  return bitOr(shl(page, ENTRY_SHIFT), num(writable ? ENTRY_W : 0));
}

export function allocatePage(f: Fault): void {
  const { t, place, pointers, va, restart, done, page } = f;
  t.asm.line('allocate a page');
  if (t.allocationSleeps) sleep(t, 'allocating a page');
  allocate(t, { pool: t.dataPool, into: page, onEmpty: done });
  if (!t.allocationSleeps || t.design.faultSleep === 'keep') return;
  t.asm.line('it may have slept: walk again');
  walkAgain(t, {
    place,
    pointers,
    level: va.leaf,
    onEmpty: () => {
      t.asm.local(giveBack(page));
      t.asm.jump(restart);
    },
  });
}

/** What marks an entry that maps memory above the bottom level. */
export function leafFlag({ t, va }: Pick<Fault, 't' | 'va'>): number {
  return va.leaf < bottomOf(t) ? ENTRY_LEAF : 0;
}

/** A new anonymous entry of 2.6.25 is present, young and dirty. */
export const TABLE_ENTRY = 1 | ENTRY_A | ENTRY_D;
