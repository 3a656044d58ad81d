import { at } from '../lib/at.ts';
import type { Label } from '../program/assembler.ts';
import { cond, eq, type Expr, find, num } from '../program/expr.ts';
import { halt, set, show, type Stmt, violate, when } from '../program/instr.ts';
import { pageTableLock, splitLock, type Lock } from '../machine/locks.ts';
import type { MmuContext } from '../machine/mmu.ts';
import { quiesce } from '../machine/rcu.ts';
import { currentTable, isCurrent } from '../machine/current.ts';
import { assign, entryName, showFrame, type Var } from '../machine/thread.ts';
import { kindNumber, type Pool, type Va } from '../machine/world.ts';
import type { Design } from './design.ts';

/** Who runs a kernel program: a thread on a CPU, for a process, in a design. */
export interface KernelThread extends MmuContext {
  readonly design: Design;
  /** A page allocation in a fault sleeps (and so is quiescent) before it succeeds. */
  readonly allocationSleeps: boolean;
  /** Where page faults take page tables and pages from. */
  readonly tablePool: Pool;
  readonly dataPool: Pool;
}

/** A place in the tree of a process: indices from the top down. */
export interface Place {
  readonly mm: number;
  readonly path: readonly Expr[];
  /** For labels. */
  readonly name: string;
}

export function placeOf(mm: number, va: Va): Place {
  return { mm, path: va.path.map(num), name: va.name };
}

/** The level of PTE tables. */
export function bottomOf({ world }: Pick<KernelThread, 'world'>): number {
  return world.levels.length - 1;
}

export function mmName(t: KernelThread, mm: number): string {
  return at(t.world.mms, mm).name;
}

export function tableLockOf(t: KernelThread, mm: number): Lock {
  return pageTableLock(mm, mmName(t, mm));
}

/** The lock that guards the entries of a PTE table: its own with split locks, else the process's one. */
export function ptlOf(t: KernelThread, mm: number, frame: Expr): Lock {
  return t.world.splitLocks ? splitLock(frame) : tableLockOf(t, mm);
}

/** Leaves the kernel or sleeps. */
export function becomeQuiescent(t: KernelThread): readonly Stmt[] {
  return quiesce(t, { perTable: t.design.freeing === 'rcu-per-table' });
}

/** Judges a thread's write to an entry: the table must be the one that the tree leads to, or is about to. */
export function judgeWrite(
  t: KernelThread,
  { mm, path, name }: Place,
  table: Expr,
  level: number,
): readonly Stmt[] {
  const current = currentTable({ mm, path }, level);
  const fine = isCurrent(t, { mm, path }, level, table);
  const what = entryName(t, level, at(path, level), table);
  return when({ k: 'not', a: fine }, [
    violate('no-lost-write', 'writes ', ...what, ` for ${name}, but the tree leads to `, showFrame(current)),
  ]);
}

/** The first frame of a pool that nobody has used yet (or that was given back unused); `base + count` when there is none. */
export function freeFrame(pool: Pool): Expr {
  return find({
    field: 'frame.kind',
    from: pool.base,
    to: pool.base + pool.count,
    value: kindNumber('free'),
  });
}

export const poolEnd = (pool: Pool): number => pool.base + pool.count;

export interface Allocate {
  readonly pool: Pool;
  readonly into: Var;
  /** Where to go when the pool has no frame; `also` happens then too. */
  readonly onEmpty: Label;
  readonly also?: readonly Stmt[];
}

/** Takes a frame of a pool. One step. */
export function allocate(t: KernelThread, { pool, into, onEmpty, also = [] }: Allocate): void {
  const frame = freeFrame(pool);
  t.asm.step({
    label: [`allocate from ${pool.name}: `, show(cond(eq(frame, poolEnd(pool)), 0, frame), 'frame')],
    tag: 'allocate',
    body: when(
      eq(frame, poolEnd(pool)),
      [assign(into, 0), { k: 'reach', moment: 'out-of-memory' }, ...also],
      [assign(into, frame), set('frame.kind', kindNumber('new'), into.value)],
    ),
  });
  t.asm.branch(eq(into.value, 0), onEmpty);
}

/** Gives back a frame that nobody else has seen. Joins the step before it. */
export function giveBack(frame: Var): Stmt {
  return set('frame.kind', kindNumber('free'), frame.value);
}

/** What trusting an upper entry that turns out empty does: the thread follows a null pointer and stops for ever. */
export function emptyDereference(t: KernelThread, level: number, index: Expr, frame: Expr): readonly Stmt[] {
  return [
    violate('no-empty-dereference', 'follows ', ...entryName(t, level, index, frame), ', which is empty'),
    halt,
  ];
}
