import { at } from '../lib/at.ts';
import type { Label } from '../program/assembler.ts';
import { and, bitAnd, bitOr, eq, type Expr, not } from '../program/expr.ts';
import { set, type Stmt, type Template, when } from '../program/instr.ts';
import { ENTRY_A, ENTRY_D, frameOf, present } from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { guardOf } from '../machine/replicas.ts';
import {
  assign,
  entryAt,
  entryName,
  setEntry,
  showEntry,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import type { Va } from '../machine/world.ts';
import {
  bottomOf,
  judgeWrite,
  type KernelThread,
  type Place,
  placeOf,
  ptlOf,
  tableLockOf,
} from './context.ts';
import { gatherBits, inEachCopy } from './copies.ts';
import { delimboPte, delimboUpper, type LockedPte } from './delimbo.ts';
import { changeCopies } from './limbo-copies.ts';
import { ifEmpty, type Pointers, pointersOf, readTop, readUpper, stepDown } from './pointers.ts';

/** A thread's way to one leaf entry: its pointers, and the ptl that it will hold. */
export interface Leaf {
  readonly t: KernelThread;
  readonly va: Va;
  readonly place: Place;
  readonly pointers: Pointers;
  readonly ptl: Var;
}

/** `prefix` tells two leaves of one thread apart ('', 'old_', 'new_'). */
export function leafOf(t: KernelThread, mm: number, va: Va, prefix = ''): Leaf {
  return { t, va, place: placeOf(mm, va), pointers: pointersOf(t, prefix), ptl: tableVar(t, `${prefix}ptl`) };
}

export const pteTable = ({ pointers, va }: Leaf): Expr => at(pointers.tables, va.leaf).value;
export const pteIndex = ({ place, va }: Leaf): Expr => at(place.path, va.leaf);
const pteName = (leaf: Leaf): Template => entryName(leaf.t, leaf.va.leaf, pteIndex(leaf), pteTable(leaf));
const pteNow = (leaf: Leaf): Expr => entryAt(pteTable(leaf), pteIndex(leaf));

/**
 * Walks down without a lock. A level found empty is skipped (jump to `skip`); a design that looks again makes sure of
 * that under page_table_lock first, and starts anew when the entry is there after all.
 */
export function walkOrSkip(leaf: Leaf, skip: Label): void {
  const { t, place, pointers, va } = leaf;
  const { asm } = t;
  const restart = asm.newLabel();
  asm.place(restart);
  readTop(t, place.mm, pointers);
  for (let level = 0; level < va.leaf; level++) {
    const there = asm.newLabel();
    readUpper(t, { place, pointers, level, read: 'first' });
    asm.branch(present(pointers.upper.value), there);
    if (t.design.emptyUpper === 'look-again') makeSure(leaf, level, restart);
    asm.jump(skip);
    asm.place(there);
    stepDown(t, pointers, level);
  }
}

function makeSure({ t, place, pointers }: Leaf, level: number, restart: Label): void {
  const { asm } = t;
  const empty = asm.newLabel();
  const lock = tableLockOf(t, place.mm);
  asm.line('it looks empty: look again under page_table_lock', 1);
  takeLock(t, lock);
  readTop(t, place.mm, pointers);
  for (let upper = 0; upper <= level; upper++) {
    readUpper(t, { place, pointers, level: upper, read: 'first' });
    asm.branch(not(present(pointers.upper.value)), empty);
    if (upper < level) stepDown(t, pointers, upper);
  }
  dropLock(t, lock);
  asm.jump(restart);
  asm.place(empty);
  dropLock(t, lock);
}

/** One step: reads the leaf entry through the pointer held. */
export function readLeaf(leaf: Leaf, into: Var): void {
  leaf.t.asm.step({
    label: ['read ', ...pteName(leaf), ': ', showEntry(pteNow(leaf))],
    tag: 'read',
    body: [...touch(pteTable(leaf), 'a read of an entry'), assign(into, pteNow(leaf))],
  });
}

export interface LockLeaf {
  /** The ptl of another leaf that is held already. */
  readonly outer?: Leaf;
  /** Writes the way back of a design that looks again; the leaf's ptl is not held, the outer one is if `outerHeld`. */
  readonly lookAgain: (outerHeld: boolean) => void;
}

/** Reads ptl through the PMD entry, which was present before. */
export function readPtl({ t, place, pointers, ptl }: Leaf, lookAgain: () => void): void {
  if (!t.world.splitLocks) return;
  const bottom = bottomOf(t);
  readUpper(t, { place, pointers, level: bottom - 1, read: 'again' });
  ifEmpty(t, pointers, lookAgain);
  t.asm.local(assign(ptl, guardOf(t.world, frameOf(pointers.upper.value))));
}

/** Reads ptl, locks it (unless the outer one is the same), delimbos. */
export function lockLeaf(leaf: Leaf, { outer, lookAgain }: LockLeaf): void {
  const { t, place, ptl } = leaf;
  const { asm } = t;
  if (isHuge(leaf)) {
    lockHuge(leaf, lookAgain);
    return;
  }
  readPtl(leaf, () => {
    lookAgain(true);
  });
  const same = asm.newLabel();
  const held = outer === undefined ? null : sameLock(leaf, outer);
  if (held !== null) asm.branch(held, same);
  takeLock(t, ptlOf(t, place.mm, ptl.value));
  asm.place(same);
  delimboPte(t, lockedOf(leaf, outer, lookAgain));
}

const isHuge = ({ t, va }: Pick<Leaf, 't' | 'va'>): boolean => va.leaf < bottomOf(t);

/** The entry of a huge page stands in an upper table: page_table_lock guards it. No other leaf is held meanwhile. */
function lockHuge({ t, va, place, pointers }: Leaf, lookAgain: LockLeaf['lookAgain']): void {
  const lock = tableLockOf(t, place.mm);
  takeLock(t, lock);
  const onEmpty = (): void => {
    dropLock(t, lock);
    lookAgain(true);
  };
  delimboUpper(t, { place, pointers, level: va.leaf, onEmpty });
}

/** True when two leaves are guarded by one lock. */
export function sameLock(a: Leaf, b: Leaf): Expr {
  const sameMm = a.place.mm === b.place.mm;
  if (!a.t.world.splitLocks) return { k: 'const', value: sameMm ? 1 : 0 };
  return eq(a.ptl.value, b.ptl.value);
}

function lockedOf(
  { place, pointers, ptl }: Leaf,
  outer: Leaf | undefined,
  lookAgain: LockLeaf['lookAgain'],
): LockedPte {
  return { place, pointers, ptl, lookAgain, ...(outer === undefined ? {} : { outer }) };
}

/** Releases the leaf's ptl, unless it is the outer one's too. */
export function unlockLeaf({ t, place, ptl, ...rest }: Leaf, outer?: Leaf): void {
  const same = t.asm.newLabel();
  const huge = isHuge({ t, ...rest });
  if (outer !== undefined) t.asm.branch(sameLock({ t, place, ptl, ...rest }, outer), same);
  dropLock(t, huge ? tableLockOf(t, place.mm) : ptlOf(t, place.mm, ptl.value));
  t.asm.place(same);
}

export interface WriteLeaf {
  /** What is done to the entry, whose name follows: `set `. */
  readonly does: string;
  /** The entry's new value, from its value now. */
  readonly value: (now: Expr) => Expr;
  /** Takes the value before, in the same atomic step. */
  readonly into?: Var;
  readonly also?: readonly Stmt[];
  /** Only where this holds is the entry written (and judged). */
  readonly onlyIf?: (now: Expr) => Expr;
}

/** One atomic step: reads and writes the leaf entry, judged as a thread's write. */
export function writeLeaf(leaf: Leaf, { does, value, into, also = [], onlyIf }: WriteLeaf): void {
  const now = pteNow(leaf);
  const table = pteTable(leaf);
  const writing = [
    ...judgeWrite(leaf.t, leaf.place, table, leaf.va.leaf),
    setEntry(table, pteIndex(leaf), value(now)),
    ...also,
  ];
  leaf.t.asm.step({
    label: [does, ...pteName(leaf)],
    tag: 'write',
    body: [
      ...touch(table, 'a write of an entry'),
      ...(into === undefined ? [] : [assign(into, now)]),
      ...(onlyIf === undefined ? writing : when(onlyIf(now), writing)),
    ],
  });
  writeCopies(leaf, { does, value, also, ...(into && { into }), ...(onlyIf && { onlyIf }) });
}

/** The other copies of the entry, each read and written in one step; their A and D go to what was read of the first. */
function writeCopies(leaf: Leaf, { does, value, into, also = [], onlyIf }: WriteLeaf): void {
  const index = pteIndex(leaf);
  inEachCopy(leaf.t, {
    table: pteTable(leaf),
    tag: 'write',
    label: (copy) => [does, ...entryName(leaf.t, leaf.va.leaf, index, copy), ', a copy'],
    body: (copy) => {
      const now = entryAt(copy, index);
      const bits = bitAnd(now, ENTRY_A | ENTRY_D);
      const writing = [setEntry(copy, index, value(now)), ...also];
      return [
        ...(into === undefined ? [] : when(present(now), [assign(into, bitOr(into.value, bits))])),
        ...(onlyIf === undefined ? writing : when(onlyIf(now), writing)),
      ];
    },
  });
}

/** After `readLeaf`, where A and D matter: those of the other copies as well. */
export function gatherLeafBits(leaf: Leaf, into: Var): void {
  gatherBits(leaf.t, { table: pteTable(leaf), level: leaf.va.leaf, index: pteIndex(leaf) }, into);
}

/** What `clearing` adds after a leaf entry was read and cleared: its copies in limbo, whose D joins what was taken. */
export function clearCopies(leaf: Leaf, taken: Var): void {
  const { t, place, va } = leaf;
  const change = { place, level: va.leaf, table: pteTable(leaf), what: 'read and clear', into: taken };
  changeCopies(t, { ...change, value: () => 0 });
}

/** The reference model's translation of a va, set to a value. */
export function setTranslation({ place, va }: Leaf, value: Expr | number): Stmt {
  return set('ghost.translation', value, va.id, place.mm);
}

export const mapsPage = (entry: Expr, page: Expr | number): Expr =>
  and(present(entry), eq(frameOf(entry), page));
