import { at } from '../lib/at.ts';
import type { Label } from '../program/assembler.ts';
import { bitOr, ne, num, shl } from '../program/expr.ts';
import { set, type Stmt } from '../program/instr.ts';
import {
  ENTRY_A,
  ENTRY_D,
  ENTRY_SHIFT,
  ENTRY_W,
  frameOf,
  hasAll,
  newEntry,
  present,
  withFlags,
} from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { flushMm } from '../machine/mmu.ts';
import {
  assign,
  entryAt,
  entryName,
  entryVar,
  pageVar,
  setEntry,
  showEntry,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import { kindNumber, type Va } from '../machine/world.ts';
import {
  allocate,
  giveBack,
  judgeWrite,
  type KernelThread,
  type Place,
  placeOf,
  ptlOf,
  tableLockOf,
} from './context.ts';
import { delimboPte, delimboUpper, type LockedPte } from './delimbo.ts';
import { fillDown } from './fill-down.ts';
import { sleep } from './fill.ts';
import { maybeReload } from './maybe-reload.ts';
import { downRead, upReadAndLeave } from './mmap-sem.ts';
import { ifEmpty, type Pointers, pointersOf, readUpper, walkAgain } from './pointers.ts';

/** Everything that the parts of a fault share. */
interface Fault {
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

/** The kernel's part of a page fault: walk and fill without a lock, lock, delimbo, compare, only then write. */
export function fault(t: KernelThread, mm: number, va: Va, write: boolean): void {
  const { asm } = t;
  asm.routine('fault', `${va.name}, ${write ? 'write' : 'read'}`, () => {
    const f: Fault = {
      t,
      va,
      write,
      place: placeOf(mm, va),
      pointers: pointersOf(t),
      orig: entryVar(t, 'orig'),
      page: pageVar(t, 'fresh'),
      ptl: tableVar(t, 'ptl'),
      restart: asm.newLabel(),
      done: asm.newLabel(),
    };
    const there = asm.newLabel();
    downRead(t, mm);
    asm.place(f.restart);
    asm.line('walk down without a lock, filling what is empty');
    fillDown({
      t,
      place: f.place,
      pointers: f.pointers,
      leaf: va.leaf,
      restart: f.restart,
      outOfMemory: f.done,
    });
    readLeafUnlocked(f);
    asm.branch(present(f.orig.value), there);
    anonymous(f);
    asm.jump(f.done);
    asm.place(there);
    liveEntry(f);
    asm.place(f.done);
    upReadAndLeave(t, mm);
  });
}

const pteOf = ({ pointers, va }: Fault): Var => at(pointers.tables, va.leaf);

function readLeafUnlocked(f: Fault): void {
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
function lockAndDelimbo(f: Fault, beforeRestart: readonly Stmt[]): void {
  const { t, va, place, pointers, ptl, restart } = f;
  const { asm } = t;
  const bottom = t.world.levels.length - 1;
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
    asm.local(assign(ptl, frameOf(pointers.upper.value)));
  } else asm.line('lock ptl (page_table_lock: split locks are off)');
  takeLock(t, ptlOf(t, place.mm, ptl.value));
  asm.line('delimbo: make sure that the table is the current one');
  const locked: LockedPte = { place, pointers, ptl, lookAgain };
  delimboPte(t, locked);
}

function unlock({ t, va, place, ptl }: Fault): void {
  const huge = va.leaf < t.world.levels.length - 1;
  dropLock(t, huge ? tableLockOf(t, place.mm) : ptlOf(t, place.mm, ptl.value));
}

/** Compares under the lock with what was read before; jumps to `changed` when it is another entry now. */
function compare(f: Fault, changed: Label): void {
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
function writeEntry(f: Fault, value: ReturnType<typeof newEntry>, also: readonly Stmt[]): void {
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
}

/** What the reference model keeps of a translation: the page and W. */
export function translationOf(page: Var['value'], writable: boolean): ReturnType<typeof bitOr> {
  return bitOr(shl(page, ENTRY_SHIFT), num(writable ? ENTRY_W : 0));
}

function allocatePage(f: Fault): void {
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

function anonymous(f: Fault): void {
  const { t, va, place, page } = f;
  const { asm } = t;
  const [changed, out] = [asm.newLabel(), asm.newLabel()];
  allocatePage(f);
  lockAndDelimbo(f, [giveBack(page)]);
  compare(f, changed);
  asm.line('set the entry');
  const flags = TABLE_ENTRY | (va.writable ? ENTRY_W : 0);
  writeEntry(f, newEntry(page.value, flags), [
    set('frame.kind', kindNumber('data'), page.value),
    set('ghost.translation', translationOf(page.value, va.writable), va.id, place.mm),
  ]);
  maybeReload(t, place.mm);
  asm.line('unlock');
  unlock(f);
  asm.jump(out);
  asm.place(changed);
  asm.line('free the page, unlock');
  asm.local(giveBack(page));
  unlock(f);
  asm.place(out);
}

/** A new anonymous entry of 2.6.25 is present, young and dirty. */
const TABLE_ENTRY = 1 | ENTRY_A | ENTRY_D;

function liveEntry(f: Fault): void {
  const { t, va, write, orig, place } = f;
  const { asm } = t;
  const [changed, out, plain] = [asm.newLabel(), asm.newLabel(), asm.newLabel()];
  lockAndDelimbo(f, []);
  compare(f, changed);
  if (write && va.privateMapping) {
    asm.branch(hasAll(orig.value, ENTRY_W), plain);
    copyOnWrite(f, changed);
    asm.jump(out);
    asm.place(plain);
  }
  setYoung(f);
  if (write) flushMm(t, { mm: place.mm, kind: 'page', va: va.id });
  asm.place(out);
  maybeReload(t, place.mm);
  asm.place(changed);
  asm.line('unlock');
  unlock(f);
}

/** Young, and on a write dirty and writable; stored only if that changes the entry and it is a write (x86). */
function setYoung(f: Fault): void {
  const { t, va, write, orig, place } = f;
  if (!write) return;
  const same = t.asm.newLabel();
  const bits = ENTRY_A | ENTRY_D | (va.writable ? ENTRY_W : 0);
  t.asm.line('set young and dirty, and W if the mapping allows it; flush this page everywhere');
  t.asm.branch(hasAll(orig.value, bits), same);
  writeEntry(f, withFlags(orig.value, bits), [
    set('ghost.translation', translationOf(frameOf(orig.value), va.writable), va.id, place.mm),
  ]);
  t.asm.place(same);
}

/** A write to a read-only private page: a copy is made, the entry cleared, flushed and set anew. */
function copyOnWrite(f: Fault, changed: Label): void {
  const { t, va, place, page } = f;
  const { asm } = t;
  const index = at(place.path, va.leaf);
  const [moved, over] = [asm.newLabel(), asm.newLabel()];
  asm.line('copy-on-write: unlock, allocate a copy, lock again');
  unlock(f);
  allocatePage(f);
  lockAndDelimbo(f, [giveBack(page)]);
  compare(f, moved);
  asm.line('clear the entry, flush it everywhere, set the copy');
  const table = pteOf(f).value;
  asm.step({
    label: ['clear ', ...entryName(t, va.leaf, index, table)],
    tag: 'write',
    body: [
      ...touch(table, 'a write of an entry'),
      ...judgeWrite(t, place, table, va.leaf),
      setEntry(table, index, 0),
    ],
  });
  flushMm(t, { mm: place.mm, kind: 'page', va: va.id });
  writeEntry(f, newEntry(page.value, TABLE_ENTRY | ENTRY_W), [
    set('frame.kind', kindNumber('data'), page.value),
    set('ghost.translation', translationOf(page.value, true), va.id, place.mm),
  ]);
  asm.jump(over);
  asm.place(moved);
  asm.line('free the copy');
  asm.local(giveBack(page));
  asm.jump(changed);
  asm.place(over);
}
