import { at } from '../lib/at.ts';
import type { Label } from '../program/assembler.ts';
import { and, bitAnd, eq, type Expr, get, ne } from '../program/expr.ts';
import { show, type Stmt, type Template, violate, when } from '../program/instr.ts';
import { ENTRY_A, ENTRY_D, frameOf, present, withFlags, withoutFlags } from '../machine/entry.ts';
import { dropLock, type Lock, takeLock } from '../machine/locks.ts';
import {
  assign,
  entryAt,
  entryName,
  entryVar,
  numberVar,
  setEntry,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import { type KernelThread, mmName, type Place, ptlOf, tableLockOf } from './context.ts';
import { maybeReload } from './maybe-reload.ts';
import { ifEmpty, type Pointers, readUpper, stepDown, type WalkAgain, walkAgain } from './pointers.ts';

export const AD_BITS = ENTRY_A | ENTRY_D;

/** A thread's way to a PTE table: its pointers, and the frame whose ptl it locked (with split locks). */
export interface PtePointers {
  readonly place: Place;
  readonly pointers: Pointers;
  readonly ptl: Var;
}

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

type Nested = PtePointers & { readonly outer?: PtePointers };

function releasePtl(t: KernelThread, { place, ptl, outer }: Nested): void {
  if (!t.world.splitLocks) return;
  t.asm.line('unlock the ptl');
  const skip = t.asm.newLabel();
  if (outer !== undefined) t.asm.branch(eq(ptl.value, outer.ptl.value), skip);
  dropLock(t, ptlOf(t, place.mm, ptl.value));
  t.asm.place(skip);
}

function walkFromTop(t: KernelThread, { place, pointers }: PtePointers, lookAgain: () => void): void {
  const bottom = t.world.levels.length - 1;
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
  const bottom = t.world.levels.length - 1;
  const { asm } = t;
  readUpper(t, { place, pointers, level: bottom - 1, read: 'again' });
  ifEmpty(t, pointers, lookAgain);
  stepDown(t, pointers, bottom - 1);
  if (!t.world.splitLocks) return;
  asm.local(assign(ptl, at(pointers.tables, bottom).value));
  const held = asm.newLabel();
  if (outer !== undefined) asm.branch(eq(ptl.value, outer.ptl.value), held);
  takeLock(t, ptlOf(t, place.mm, ptl.value));
  asm.place(held);
}

/** adBits at delimbo: bits that the hardware set in the old copy are moved to the current entry. */
function takeOverBits(t: KernelThread, { place, pointers, outer }: Nested): void {
  const { asm, design } = t;
  if (design.adBits !== 'at-delimbo-and-free') return;
  const bottom = t.world.levels.length - 1;
  const table = at(pointers.tables, bottom).value;
  const none = asm.newLabel();
  const old = tableVar(t, 'linked');
  asm.line('if the table is linked to an old one: flush, then take over A and D');
  readLink(t, table, old);
  asm.branch(eq(old.value, 0), none);
  maybeReload(t, place.mm);
  const lock = t.world.splitLocks && design.mergeLock === 'ptl' ? ptlOf(t, place.mm, table) : null;
  const unlocked = asm.newLabel();
  const mine = asm.newLabel();
  if (lock !== null) {
    if (outer !== undefined) asm.branch(eq(table, outer.ptl.value), mine);
    takeLock(t, lock);
    asm.place(mine);
  }
  const from = design.adSource === 'old' ? old.value : table;
  const index = at(place.path, bottom);
  moveBits(t, { from, to: table, index, clear: true });
  if (lock !== null) {
    if (outer !== undefined) asm.branch(eq(table, outer.ptl.value), unlocked);
    dropLock(t, lock);
    asm.place(unlocked);
  }
  asm.place(none);
}

/** One step: which frame a table is linked to (0: none). */
export function readLink(t: KernelThread, table: Expr, into: Var): void {
  t.asm.step({
    label: ['read the link of ', show(table, 'frame'), ': ', show(get('frame.link', table), 'frame')],
    tag: 'read',
    body: [...touch(table, 'reading a link'), assign(into, get('frame.link', table))],
  });
}

export interface MoveBits {
  readonly from: Expr;
  readonly to: Expr;
  readonly index: Expr;
  /** Delimbo takes the bits out of the old entry; freeing only reads it. */
  readonly clear: boolean;
}

/** Two atomic steps: A and D out of one entry, and or-ed into another, as `adMergeCheck` allows. */
export function moveBits(t: KernelThread, { from, to, index, clear }: MoveBits): void {
  const bottom = t.world.levels.length - 1;
  const bits = entryVar(t, 'taken');
  const source = entryAt(from, index);
  const target = entryAt(to, index);
  const name = (frame: Expr): Template => entryName(t, bottom, index, frame);
  t.asm.step({
    label: [clear ? 'read and clear A and D of ' : 'read A and D of ', ...name(from)],
    tag: 'merge',
    body: [
      ...touch(from, 'the merge of A and D'),
      assign(bits, source),
      ...(clear ? [setEntry(from, index, withoutFlags(source, AD_BITS))] : []),
    ],
  });
  t.asm.step({
    label: ['or A and D into ', ...name(to)],
    tag: 'merge',
    body: [...touch(to, 'the merge of A and D'), ...mergeInto(t, { target, bits: bits.value, to, index })],
  });
}

interface Merge {
  readonly target: Expr;
  readonly bits: Expr;
  readonly to: Expr;
  readonly index: Expr;
}

/** Or-s A and D into an entry: into whatever is there, or only where it maps the same page. */
export function mergeInto(t: KernelThread, { target, bits, to, index }: Merge): readonly Stmt[] {
  const merged = setEntry(to, index, withFlags(target, bitAnd(bits, AD_BITS)));
  if (t.design.adMergeCheck === 'blind') return [merged];
  return when(and(present(target), eq(frameOf(target), frameOf(bits))), [merged]);
}
