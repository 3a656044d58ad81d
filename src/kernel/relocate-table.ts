import { at } from '../lib/at.ts';
import { frameOf, present } from '../machine/entry.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { assign, tableVar } from '../machine/thread.ts';
import type { Label } from '../program/assembler.ts';
import { ne, not } from '../program/expr.ts';
import { bottomOf, giveBack, type KernelThread, ptlOf } from './context.ts';
import { allocateFrame, copyTable } from './copy-table.ts';
import { delimboUpper } from './delimbo.ts';
import { bitsIntoCopy, chooseCopy, copiesOf } from './drop-copy.ts';
import { requestFlush } from './into-limbo.ts';
import { pointersOf, readTop, readUpper, stepDown } from './pointers.ts';
import { irqsOff, irqsRestore } from './irqs.ts';
import { assumeLeaf } from './links.ts';
import type { Relocation } from './relocation.ts';
import { findOtherParents, heededOthers, lockAll, othersOf, unlockAll } from './sharing.ts';
import { clearAndFlush, linkAndSwing, type Moving, type Target } from './swing.ts';

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
    const split = level === bottomOf(t) && t.world.splitLocks;
    const copies = copiesOf(r);
    const ptl = split ? ptlOf(t, mm, (copies?.guard ?? old).value) : null;
    const m: Moving = { r, target, pointers, old, ptl, copies };
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
function lockAndFind(m: Moving, absent: Label, restart: Label): void {
  const { r, target, pointers, old, ptl, copies } = m;
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
  asm.local(assign(copies?.lead ?? old, frameOf(pointers.upper.value)));
  if (copies !== null) asm.local(...chooseCopy(r, copies, { old, fresh: target.fresh }));
  if (ptl === null) return;
  asm.line('lock the ptl of the PTE table');
  takeLock(t, ptl);
}

/** Step 6. One entry a step, or the whole table where the world says so. */
function copyEntries({ r, target, old, copies }: Moving): void {
  const { t } = r;
  const { level, fresh } = target;
  const [has, over] = [t.asm.newLabel(), t.asm.newLabel()];
  const both = { from: old.value, to: fresh.value, level };
  if (copies !== null) t.asm.branch(ne(copies.there.value, 0), has);
  copyTable(t, { ...both, copies });
  if (copies === null) return;
  t.asm.jump(over);
  t.asm.place(has);
  assumeLeaf(t, level);
  bitsIntoCopy(t, both);
  t.asm.place(over);
}

/**
 * Step 10 is for limbo. Order invalidate-first needs it in one place: PAE's CPUs read the PGD's entries when CR3 is loaded and at no other
 * time (SDM 4.4.1), so one that was flushed while the entry was empty does not see it set again.
 */
function mustFlushLater({ design, world }: KernelThread, level: number): boolean {
  if (design.order === 'limbo') return true;
  return design.pdpteReload === 'yes' && world.pdpteRegisters && level === 1;
}
