import { at } from '../lib/at.ts';
import { get, not } from '../program/expr.ts';
import { when } from '../program/instr.ts';
import { frameOf, present } from '../machine/entry.ts';
import {
  assign,
  entryAt,
  entryName,
  entryVar,
  showEntry,
  showFrame,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import { pointerName } from '../machine/world.ts';
import { emptyDereference, type KernelThread, mmName, type Place } from './context.ts';

/** The pointers that a kernel thread holds on its way down: for each level the table that holds its entry. */
export interface Pointers {
  readonly tables: readonly Var[];
  /** The upper entry read last. */
  readonly upper: Var;
}

/** `prefix` tells two sets of pointers of one thread apart ('', 'old_', 'new_'). */
export function pointersOf(t: KernelThread, prefix = ''): Pointers {
  return {
    tables: t.world.levels.map((level) => tableVar(t, `${prefix}${pointerName(level)}`)),
    upper: entryVar(t, `${prefix}upper`),
  };
}

/** One step: the top pointer, read from mm.pgd. */
export function readTop(t: KernelThread, mm: number, pointers: Pointers): void {
  const top = get('mm.pgd', mm);
  t.asm.step({
    label: [`read pgd of ${mmName(t, mm)}: `, showFrame(top)],
    tag: 'read',
    body: [assign(at(pointers.tables, 0), top)],
  });
}

export interface ReadUpper {
  readonly place: Place;
  readonly pointers: Pointers;
  /** The level whose entry is read, through the pointer that is held. */
  readonly level: number;
  /**
   * `first`: the caller branches on what was read. `again`: the entry was present before; if it is empty now the
   * design either trusts (and the thread is lost) or the caller looks again.
   */
  readonly read: 'first' | 'again';
}

/** One step: reads one upper entry into `pointers.upper`. The pointer to the table below is not moved yet. */
export function readUpper(t: KernelThread, { place, pointers, level, read }: ReadUpper): void {
  const index = at(place.path, level);
  const table = at(pointers.tables, level).value;
  const entry = entryAt(table, index);
  const lost = read === 'again' && t.design.emptyUpper === 'trust';
  t.asm.step({
    label: ['read ', ...entryName(t, level, index, table), ': ', showEntry(entry)],
    tag: 'read',
    body: [
      ...touch(table, 'a read of an upper entry'),
      assign(pointers.upper, entry),
      ...(lost ? when(not(present(entry)), emptyDereference(t, level, index, table)) : []),
    ],
  });
}

/** Moves the pointer of the level below to where the entry read last leads. Joins the step before it. */
export function stepDown(t: KernelThread, pointers: Pointers, level: number): void {
  t.asm.local(assign(at(pointers.tables, level + 1), frameOf(pointers.upper.value)));
}

export interface WalkAgain {
  readonly place: Place;
  readonly pointers: Pointers;
  /** The pointer of this level is the last one set. */
  readonly level: number;
  /** Writes what a design that looks again does when an entry on the way is empty. */
  readonly onEmpty: () => void;
}

/** Walks again from mm.pgd until the pointer of `level` is set, one read per step. */
export function walkAgain(t: KernelThread, { place, pointers, level, onEmpty }: WalkAgain): void {
  readTop(t, place.mm, pointers);
  for (let upper = 0; upper < level; upper++) {
    readUpper(t, { place, pointers, level: upper, read: 'again' });
    ifEmpty(t, pointers, onEmpty);
    stepDown(t, pointers, upper);
  }
}

/** After a second read: the way out of a design that looks again. A design that trusts never comes here. */
export function ifEmpty(t: KernelThread, pointers: Pointers, onEmpty: () => void): void {
  if (t.design.emptyUpper === 'trust') return;
  const there = t.asm.newLabel();
  t.asm.branch(present(pointers.upper.value), there);
  onEmpty();
  t.asm.place(there);
}

/** A thread's way to a PTE table: its pointers, and the frame whose ptl it locked (with split locks). */
export interface PtePointers {
  readonly place: Place;
  readonly pointers: Pointers;
  readonly ptl: Var;
}

/** The same inside another one, whose ptl is held (fork, mremap). */
export type Nested = PtePointers & { readonly outer?: PtePointers };
