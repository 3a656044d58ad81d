import { at } from '../lib/at.ts';
import { frameOf } from '../machine/entry.ts';
import { dropLock, type Lock, takeLock } from '../machine/locks.ts';
import { guardOf } from '../machine/replicas.ts';
import { assign, numberVar } from '../machine/thread.ts';
import type { Label } from '../program/assembler.ts';
import { eq, get, ne } from '../program/expr.ts';
import { show, violate, when } from '../program/instr.ts';
import { takeOverBits } from './ad-bits.ts';
import { bottomOf, type KernelThread, mmName, ptlOf, tableLockOf } from './context.ts';
import {
  ifEmpty,
  type Nested,
  type PtePointers,
  readUpper,
  stepDown,
  type WalkAgain,
  walkAgain,
} from './pointers.ts';

/** What a thread that has just locked a PTE table holds. */
export interface LockedPte extends PtePointers {
  /** For fork and mremap: the PTE table whose ptl this thread holds all the while. */
  readonly outer?: PtePointers;
  /** Writes the way back when a design looks again: the walk is started anew. `outerHeld`: the outer ptl is still held. */
  readonly lookAgain: (outerHeld: boolean) => void;
}

/** Jumps to `out` when no relocation is marked. With marking=none there is no such test. */
function testMark(t: KernelThread, mm: number, out: Label): void {
  if (t.design.marking === 'none') return;
  const mark = numberVar(t, 'marked', 7);
  t.asm.line('if no relocation is marked: return');
  t.asm.step({
    label: [`read the relocation mark of ${mmName(t, mm)}: `, show(get('mm.rewalk', mm), 'number')],
    tag: 'read',
    body: [assign(mark, get('mm.rewalk', mm))],
  });
  t.asm.branch(eq(mark.value, 0), out);
}

/** After page_table_lock was taken: the pointer to the table of `level` is walked again, if a relocation is marked. */
export function delimboUpper(t: KernelThread, walk: WalkAgain): void {
  const { place, level } = walk;
  const { asm } = t;
  asm.routine(`delimbo_${at(t.world.levels, level).name.toLowerCase()}`, place.name, () => {
    const out = asm.newLabel();
    testMark(t, place.mm, out);
    asm.line('walk again from pgd');
    walkAgain(t, walk);
    asm.place(out);
  });
}

/** After a ptl was taken: makes sure that the thread works on the current PTE table, with that table's lock. */
export function delimboPte(t: KernelThread, locked: LockedPte): void {
  const { asm, design } = t;
  const { place, outer } = locked;
  asm.routine(outer === undefined ? 'delimbo_pte' : 'delimbo_pte_nested', place.name, () => {
    const out = asm.newLabel();
    testMark(t, place.mm, out);
    const both = outer !== undefined && outer.place.mm === place.mm && design.nestedLock === 'drop-both';
    if (both && t.world.splitLocks) dropBoth(t, locked, outer);
    else delimboOne(t, locked);
    asm.place(out);
  });
}

function delimboOne(t: KernelThread, locked: LockedPte): void {
  const { asm } = t;
  const { place, outer } = locked;
  releasePtl(t, locked);
  const lock = rewalkLock(t, place.mm);
  if (lock !== null) {
    asm.line('lock page_table_lock: no table moves now');
    if (outer !== undefined && outer.place.mm === place.mm) breaksLockOrder(t);
    takeLock(t, lock);
  }
  const lookAgain = (): void => {
    if (lock !== null) dropLock(t, lock);
    if (!t.world.splitLocks && outer?.place.mm !== place.mm) dropLock(t, tableLockOf(t, place.mm));
    locked.lookAgain(true);
  };
  asm.line('walk again from pgd');
  walkFromTop(t, locked, lookAgain);
  takeOverBits(t, locked);
  asm.line('lock the ptl of the table that the pmd leads to');
  setPteAndPtl(t, locked, lookAgain);
  if (lock !== null) dropLock(t, lock);
}

function rewalkLock(t: KernelThread, mm: number): Lock | null {
  return t.world.splitLocks && t.design.rewalkLock === 'page-table-lock' ? tableLockOf(t, mm) : null;
}

/** Judged when the lock is asked for, whether or not it is ever got. Joins the step before. */
function breaksLockOrder(t: KernelThread): void {
  t.asm.local(violate('lock-order', 'asks for page_table_lock while it holds a ptl of the same process'));
}

/** nestedLock=drop-both: both ptls are given up, page_table_lock is taken first, then both again, outer before inner. */
function dropBoth(t: KernelThread, inner: LockedPte, outer: PtePointers): void {
  const { asm } = t;
  asm.line('drop both ptls, and take page_table_lock first');
  releasePtl(t, inner);
  dropLock(t, ptlOf(t, outer.place.mm, outer.ptl.value));
  const lock = rewalkLock(t, inner.place.mm);
  if (lock !== null) takeLock(t, lock);
  const lookAgain = (): void => {
    if (lock !== null) dropLock(t, lock);
    inner.lookAgain(false);
  };
  for (const one of [outer, inner]) {
    asm.line('walk again from pgd');
    walkFromTop(t, one, lookAgain);
    takeOverBits(t, one);
  }
  asm.line('lock the outer ptl, then the inner one');
  setPteAndPtl(t, outer, lookAgain);
  const withOuter = (): void => {
    dropLock(t, ptlOf(t, outer.place.mm, outer.ptl.value));
    lookAgain();
  };
  setPteAndPtl(t, { ...inner, outer }, withOuter);
  if (lock !== null) dropLock(t, lock);
}

function releasePtl(t: KernelThread, { place, ptl, outer }: Nested): void {
  if (!t.world.splitLocks) return;
  t.asm.line('unlock the ptl');
  const skip = t.asm.newLabel();
  if (outer !== undefined) t.asm.branch(eq(ptl.value, outer.ptl.value), skip);
  dropLock(t, ptlOf(t, place.mm, ptl.value));
  t.asm.place(skip);
}

function walkFromTop(t: KernelThread, { place, pointers }: PtePointers, lookAgain: () => void): void {
  const bottom = bottomOf(t);
  const before = at(pointers.tables, bottom);
  walkAgain(t, { place, pointers, level: bottom - 1, onEmpty: lookAgain });
  readUpper(t, { place, pointers, level: bottom - 1, read: 'again' });
  ifEmpty(t, pointers, lookAgain);
  t.asm.local(
    ...when(ne(before.value, frameOf(pointers.upper.value)), [
      { k: 'reach', moment: 'delimbo-changes-table' },
    ]),
  );
  stepDown(t, pointers, bottom - 1);
}

function setPteAndPtl(t: KernelThread, { place, pointers, ptl, outer }: Nested, lookAgain: () => void): void {
  const bottom = bottomOf(t);
  const { asm } = t;
  readUpper(t, { place, pointers, level: bottom - 1, read: 'again' });
  ifEmpty(t, pointers, lookAgain);
  stepDown(t, pointers, bottom - 1);
  if (!t.world.splitLocks) return;
  asm.local(assign(ptl, guardOf(t.world, at(pointers.tables, bottom).value)));
  const held = asm.newLabel();
  if (outer !== undefined) asm.branch(eq(ptl.value, outer.ptl.value), held);
  takeLock(t, ptlOf(t, place.mm, ptl.value));
  asm.place(held);
}
