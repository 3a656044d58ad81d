import { at } from '../lib/at.ts';
import {
  ENTRY_A,
  ENTRY_D,
  ENTRY_W,
  frameOf,
  hasAll,
  newEntry,
  present,
  withFlags,
} from '../machine/entry.ts';
import { flushMm } from '../machine/mmu.ts';
import { entryName, entryVar, pageVar, setEntry, tableVar, touch } from '../machine/thread.ts';
import { kindNumber, type Va } from '../machine/world.ts';
import type { Label } from '../program/assembler.ts';
import { set } from '../program/instr.ts';
import { inEachCopy } from './copies.ts';
import { giveBack, judgeWrite, type KernelThread, placeOf } from './context.ts';
import {
  allocatePage,
  compare,
  type Fault,
  leafFlag,
  lockAndDelimbo,
  pteOf,
  readLeafUnlocked,
  TABLE_ENTRY,
  translationOf,
  unlock,
  writeEntry,
} from './fault-entry.ts';
import { fillDown } from './fill-down.ts';
import { changeCopies } from './limbo-copies.ts';
import { maybeReload } from './maybe-reload.ts';
import { downRead, upReadAndLeave } from './mmap-sem.ts';
import { pointersOf } from './pointers.ts';

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

function anonymous(f: Fault): void {
  const { t, va, place, page } = f;
  const { asm } = t;
  const [changed, out] = [asm.newLabel(), asm.newLabel()];
  allocatePage(f);
  lockAndDelimbo(f, [giveBack(page)]);
  compare(f, changed);
  asm.line('set the entry');
  const flags = TABLE_ENTRY | leafFlag(f) | (va.writable ? ENTRY_W : 0);
  writeEntry(f, newEntry(page.value, flags), [
    set('frame.kind', kindNumber('data'), page.value),
    set('ghost.translation', translationOf(page.value, va.writable), va.id, place.mm),
  ]);
  if (t.design.flushBy === 'anyone') maybeReload(t, place.mm);
  asm.line('unlock');
  unlock(f);
  asm.jump(out);
  asm.place(changed);
  asm.line('free the page, unlock');
  asm.local(giveBack(page));
  unlock(f);
  asm.place(out);
}

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
  if (t.design.flushBy === 'anyone') maybeReload(t, place.mm);
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
  inEachCopy(t, {
    table,
    tag: 'write',
    label: (copy) => ['clear ', ...entryName(t, va.leaf, index, copy)],
    body: (copy) => [setEntry(copy, index, 0)],
  });
  changeCopies(t, { place, level: va.leaf, table, what: 'clear', value: () => 0 });
  flushMm(t, { mm: place.mm, kind: 'page', va: va.id });
  writeEntry(f, newEntry(page.value, TABLE_ENTRY | leafFlag(f) | ENTRY_W), [
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
