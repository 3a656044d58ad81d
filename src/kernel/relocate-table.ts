import { at } from '../lib/at.ts';
import { frameOf, newEntry, present } from '../machine/entry.ts';
import { dropLock, type Lock, takeLock } from '../machine/locks.ts';
import { flushMm } from '../machine/mmu.ts';
import {
  assign,
  entryName,
  entryPlace,
  setEntry,
  showFrame,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import type { Label } from '../program/assembler.ts';
import { type Expr, not } from '../program/expr.ts';
import { set } from '../program/instr.ts';
import { giveBack, judgeWrite, type KernelThread, type Place, ptlOf } from './context.ts';
import { allocateFrame, copyTable } from './copy-table.ts';
import { delimboUpper } from './delimbo.ts';
import { tableFlags } from './fill.ts';
import { queueOld } from './free-old.ts';
import { intoLimbo, requestFlush } from './into-limbo.ts';
import { irqsOff, irqsRestore } from './irqs.ts';
import { linkTables } from './links.ts';
import { type Pointers, pointersOf, readTop, readUpper, stepDown } from './pointers.ts';
import type { Relocation } from './relocation.ts';
import {
  findOtherParents,
  heededOthers,
  lockAll,
  type OtherParent,
  othersOf,
  unlockAll,
  writeOthers,
} from './sharing.ts';

/** The table that is moved: the one of `level` under the entry of level - 1 that `place` names. */
export interface Target {
  readonly place: Place;
  /** 1 or more: the top is moved by `relocateTop`. */
  readonly level: number;
  /** Set to 1 when the table was moved. */
  readonly moved: Var;
  /** The frame it moves to. */
  readonly fresh: Var;
  /** The caller's pointers to the tables above, by level; without them relocate_table walks down by itself. */
  readonly above?: readonly Var[];
}

interface Moving {
  readonly r: Relocation;
  readonly target: Target;
  readonly pointers: Pointers;
  readonly old: Var;
  readonly ptl: Lock | null;
}

/** Copies one table into a new frame and swings the entry that leads to it; the old one is in limbo from then on. */
export function relocateTable(r: Relocation, target: Target): void {
  const { t, mm } = r;
  const { asm, design } = t;
  const { place, level, moved, fresh } = target;
  const name = at(t.world.levels, level).name;
  if (design.sharedTables === 'skipped' && othersOf(t, mm, level).length > 0) {
    asm.line(`the ${name} table is shared: not migrated`);
    asm.local(assign(moved, 0));
    return;
  }
  const others = heededOthers(t, mm, level);
  allocateFrame(r, fresh);
  asm.routine('relocate_table', `${name} table of ${place.name}`, () => {
    const [absent, missing, out, restart] = [asm.newLabel(), asm.newLabel(), asm.newLabel(), asm.newLabel()];
    const pointers = pointersOf(t, 'rel_');
    const old = tableVar(t, 'rel_old');
    const split = level === t.world.levels.length - 1 && t.world.splitLocks;
    const m: Moving = { r, target, pointers, old, ptl: split ? ptlOf(t, mm, old.value) : null };
    asm.place(restart);
    callersPointer(m, missing);
    lockAndFind(m, absent, restart);
    const parents = findOtherParents(t, place, level);
    if (design.order === 'invalidate-first') clearAndFlush(m, parents);
    copyEntries(m);
    linkAndSwing(m, parents);
    if (mustFlushLater(t, level)) for (const one of [mm, ...others]) requestFlush(t, one, 'flush');
    asm.line('unlock');
    if (m.ptl !== null) dropLock(t, m.ptl);
    unlockAll(t, mm, others);
    if (design.order === 'limbo') irqsRestore(t);
    asm.local(assign(moved, 1));
    asm.jump(out);
    asm.place(absent);
    asm.line('nothing there: give the new frame back');
    unlockAll(t, mm, others);
    irqsRestore(t);
    asm.place(missing);
    asm.local(giveBack(fresh), assign(moved, 0));
    asm.place(out);
  });
}

/**
 * The pointer to the parent entry that the caller hands over: delimbo uses it where no relocation is marked any more, which
 * happens only where one that does not wait for others shares a flag with them.
 */
function callersPointer({ r, target, pointers }: Moving, missing: Label): void {
  const { t, mm } = r;
  const { place, level, above } = target;
  const { marking, serialise } = t.design;
  if (marking !== 'flag' || serialise !== 'none') return;
  if (above !== undefined) {
    t.asm.local(assign(at(pointers.tables, level - 1), at(above, level - 1).value));
    return;
  }
  t.asm.line('walk down to the parent entry, without a lock');
  readTop(t, mm, pointers);
  for (let upper = 0; upper < level - 1; upper++) {
    readUpper(t, { place, pointers, level: upper, read: 'first' });
    t.asm.branch(not(present(pointers.upper.value)), missing);
    stepDown(t, pointers, upper);
  }
}

/** Steps 1 to 5: locks held, `old` is the table that moves. */
function lockAndFind({ r, target, pointers, old, ptl }: Moving, absent: Label, restart: Label): void {
  const { t, mm } = r;
  const { asm } = t;
  const { place, level } = target;
  asm.line(t.design.irqs === 'off' ? 'disable interrupts, lock page_table_lock' : 'lock page_table_lock');
  irqsOff(t);
  const others = heededOthers(t, mm, level);
  lockAll(t, mm, others);
  asm.line('delimbo the parent entry');
  delimboUpper(t, {
    place,
    pointers,
    level: level - 1,
    onEmpty: () => {
      unlockAll(t, mm, others);
      irqsRestore(t);
      asm.jump(restart);
    },
  });
  asm.line('read the parent entry; if it is empty: not migrated');
  readUpper(t, { place, pointers, level: level - 1, read: 'first' });
  asm.branch(not(present(pointers.upper.value)), absent);
  asm.local(assign(old, frameOf(pointers.upper.value)));
  if (ptl === null) return;
  asm.line('lock the ptl of the PTE table');
  takeLock(t, ptl);
}

function parentOf({ target, pointers }: Moving): { table: Expr; index: Expr; level: number } {
  const level = target.level - 1;
  return { table: at(pointers.tables, level).value, index: at(target.place.path, level), level };
}

/** Order invalidate-first: no CPU can reach the table while it is copied. */
function clearAndFlush(m: Moving, parents: readonly OtherParent[]): void {
  const { r, target, old } = m;
  const { t, mm } = r;
  const { table, index, level } = parentOf(m);
  t.asm.line('clear the parent entry, flush, wait: nobody can walk here now');
  irqsRestore(t);
  t.asm.step({
    label: ['clear ', ...entryName(t, level, index, table)],
    tag: 'write',
    body: [
      ...touch(table, 'clearing the parent entry'),
      ...judgeWrite(t, target.place, table, level),
      setEntry(table, index, 0),
      set('ghost.to_be_set', target.fresh.value, mm),
      set('ghost.cleared_at', entryPlace(t, table, index), mm),
      set('ghost.cleared_table', old.value, mm),
    ],
  });
  writeOthers(t, parents, old.value, null);
  for (const one of [mm, ...heededOthers(t, mm, target.level)]) flushMm(t, { mm: one, kind: 'flush' });
}

/** Step 6. One entry a step, or the whole table where the world says so. */
function copyEntries({ r, target, old }: Moving): void {
  const { t } = r;
  const { level, fresh } = target;
  copyTable(t, { from: old.value, to: fresh.value, level });
}

/** Steps 7 to 9: link, queue, swing. */
function linkAndSwing(m: Moving, parents: readonly OtherParent[]): void {
  const { r, target, old } = m;
  const { t } = r;
  const { fresh, level, place } = target;
  if (t.design.adBits !== 'none' && level === t.world.levels.length - 1)
    linkTables(t, old.value, fresh.value);
  queueOld(r, old.value);
  const { table, index, level: parent } = parentOf(m);
  t.asm.line('write the parent entry: the old table is in limbo');
  t.asm.step({
    label: [
      'swing ',
      ...entryName(t, parent, index, table),
      ' from ',
      showFrame(old.value),
      ' to ',
      showFrame(fresh.value),
    ],
    tag: 'swing',
    body: [
      ...touch(table, 'setting the parent entry'),
      ...judgeWrite(t, place, table, parent),
      setEntry(table, index, newEntry(fresh.value, tableFlags(t.world, parent))),
      set('ghost.to_be_set', 0, r.mm),
      set('ghost.cleared_at', 0, r.mm),
      set('ghost.cleared_table', 0, r.mm),
      ...intoLimbo(old.value, fresh.value),
      ...(t.world.splitLocks ? [set('frame.ptl', 0, fresh.value)] : []),
    ],
  });
  writeOthers(t, parents, old.value, fresh.value);
}

/**
 * Step 10 is for limbo. Order invalidate-first needs it in one place: PAE's CPUs read the PGD's entries when CR3 is loaded and at no other
 * time (SDM 4.4.1), so one that was flushed while the entry was empty does not see it set again.
 */
function mustFlushLater({ design, world }: KernelThread, level: number): boolean {
  if (design.order === 'limbo') return true;
  return design.pdpteReload === 'yes' && world.pdpteRegisters && level === 1;
}
