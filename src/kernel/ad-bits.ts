import { at } from '../lib/at.ts';
import {
  ENTRY_A,
  ENTRY_D,
  ENTRY_LEAF,
  ENTRY_P,
  frameOf,
  hasAll,
  present,
  withFlags,
  withoutFlags,
} from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { assign, entryAt, entryName, entryVar, setEntry, tableVar, touch } from '../machine/thread.ts';
import { and, bitAnd, eq, type Expr } from '../program/expr.ts';
import { type Stmt, type Template, when } from '../program/instr.ts';
import { bottomOf, type KernelThread, ptlOf } from './context.ts';
import { keepGuard } from './copies.ts';
import { readCopy } from './links.ts';
import { maybeReload } from './maybe-reload.ts';
import type { Nested } from './pointers.ts';

export const AD_BITS = ENTRY_A | ENTRY_D;

/** adBits at delimbo: bits that the hardware set in the old copy are moved to the current entry. */
export function takeOverBits(t: KernelThread, { place, pointers, outer }: Nested): void {
  const { asm, design } = t;
  if (design.adBits !== 'at-delimbo-and-free') return;
  const bottom = bottomOf(t);
  const table = at(pointers.tables, bottom).value;
  const none = asm.newLabel();
  const old = tableVar(t, 'linked');
  asm.line('if the table is linked to an old one: flush, then take over A and D');
  readCopy(t, table, old);
  asm.branch(eq(old.value, 0), none);
  if (design.flushBy === 'anyone') maybeReload(t, place.mm);
  const locks = t.world.splitLocks && design.mergeLock === 'ptl';
  const guard = locks ? keepGuard(t, table) : table;
  const lock = locks ? ptlOf(t, place.mm, guard) : null;
  const unlocked = asm.newLabel();
  const mine = asm.newLabel();
  if (lock !== null) {
    if (outer !== undefined) asm.branch(eq(guard, outer.ptl.value), mine);
    takeLock(t, lock);
    asm.place(mine);
  }
  const from = design.adSource === 'old' ? old.value : table;
  const index = at(place.path, bottom);
  moveBits(t, { from, to: table, index, clear: true });
  if (lock !== null) {
    if (outer !== undefined) asm.branch(eq(guard, outer.ptl.value), unlocked);
    dropLock(t, lock);
    asm.place(unlocked);
  }
  asm.place(none);
}

export interface MoveBits {
  readonly from: Expr;
  readonly to: Expr;
  readonly index: Expr;
  /** Of both tables; the bottom unless said. */
  readonly level?: number;
  /** Delimbo takes the bits out of the old entry; freeing only reads it. */
  readonly clear: boolean;
}

/** Two atomic steps: A and D out of one entry, and or-ed into another, as `adMergeCheck` allows. */
export function moveBits(t: KernelThread, move: MoveBits): void {
  const { from, to, index, clear, level = bottomOf(t) } = move;
  const bits = entryVar(t, 'taken');
  const source = entryAt(from, index);
  const target = entryAt(to, index);
  const name = (frame: Expr): Template => entryName(t, level, index, frame);
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
    body: [
      ...touch(to, 'the merge of A and D'),
      ...mergeInto(t, { target, bits: bits.value, to, index, level }),
    ],
  });
}

interface Merge {
  readonly target: Expr;
  readonly bits: Expr;
  readonly to: Expr;
  readonly index: Expr;
  readonly level: number;
}

/**
 * Or-s A and D into an entry: into whatever is there, or only where it maps the same page. Above the bottom an entry that leads to a
 * table, or is empty by now, is left alone: only what maps a huge page has bits that matter.
 */
export function mergeInto(t: KernelThread, { target, bits, to, index, level }: Merge): readonly Stmt[] {
  const merged = setEntry(to, index, withFlags(target, bitAnd(bits, AD_BITS)));
  if (level < bottomOf(t)) return when(hasAll(target, ENTRY_P | ENTRY_LEAF), [merged]);
  if (t.design.adMergeCheck === 'blind') return [merged];
  return when(and(present(target), eq(frameOf(target), frameOf(bits))), [merged]);
}
