import { at } from '../lib/at.ts';
import { dropLock, type Lock, takeLock } from '../machine/locks.ts';
import { assign, entryAt, numberVar, showFrame, tableVar, touch, type Var } from '../machine/thread.ts';
import type { Label } from '../program/assembler.ts';
import { add, each, eq, lt, ne } from '../program/expr.ts';
import { mergeInto, moveBits } from './ad-bits.ts';
import { bottomOf, type KernelThread, ptlOf, tableLockOf } from './context.ts';
import { keepGuard } from './copies.ts';
import { irqsOff, irqsRestore } from './irqs.ts';
import { dropLinks, readLink } from './links.ts';
import type { Relocation } from './relocation.ts';
import { heededOthers, lockAll, unlockAll } from './sharing.ts';

/** An old table on its way to be freed. */
export interface OldTable {
  readonly table: Var;
  /** Its level, where lists of old tables keep that; null where only PTE tables are linked. */
  readonly level: Var | null;
}

interface Merging {
  readonly old: Var;
  readonly heir: Var;
  readonly level: Var;
  /** What guards the entries of huge pages; null where it is held already. */
  readonly lock: Lock | null;
}

/** adBits at free: the old table's A and D into the one in use, then what old and new table know of each other is dropped. */
export function mergeAndUnlink({ t, mm }: Relocation, { table: old, level }: OldTable): void {
  const { asm } = t;
  const fresh = tableVar(t, 'linked');
  const none = asm.newLabel();
  const others = heededOthers(t, mm, bottomOf(t));
  const outer = t.design.freeMergeLock === 'page-table-lock';
  asm.line('if it is linked: or its A and D into the new table, under that table’s ptl; drop the link', 1);
  if (outer) irqsOff(t);
  if (outer) lockAll(t, mm, others);
  readLink(t, old.value, fresh);
  asm.branch(eq(fresh.value, 0), none);
  const heir = t.design.linkShape === 'chain' ? findHeir(t, fresh) : fresh;
  const above =
    level === null ? null : mergeAbove(t, { old, heir, level, lock: outer ? null : tableLockOf(t, mm) });
  const ptl = outer && !t.world.splitLocks ? null : ptlOf(t, mm, keepGuard(t, heir.value));
  if (ptl !== null) takeLock(t, ptl);
  merge(t, { old, heir, level: bottomOf(t) });
  dropLinks(t, old.value, fresh.value);
  if (ptl !== null) dropLock(t, ptl);
  if (above !== null) {
    asm.jump(none);
    asm.place(above);
    dropLinks(t, old.value, fresh.value);
  }
  asm.place(none);
  if (outer) unlockAll(t, mm, others);
  if (outer) irqsRestore(t);
}

/**
 * linkLevels=with-leaf: a table above the bottom is merged entry by entry too, guarded by page_table_lock. Goes to the label that is
 * returned when it was such a table, and on when it is a PTE table.
 */
function mergeAbove(t: KernelThread, { old, heir, level, lock }: Merging): Label {
  const { asm } = t;
  const merged = asm.newLabel();
  for (let above = 0; above < bottomOf(t); above++) {
    const another = asm.newLabel();
    asm.branch(ne(level.value, above), another);
    if (lock !== null) takeLock(t, lock);
    merge(t, { old, heir, level: above });
    if (lock !== null) dropLock(t, lock);
    asm.jump(merged);
    asm.place(another);
  }
  return merged;
}

/** linkShape=chain: from the table that took an old one's place to the one at the end of the chain, which is in use now. */
function findHeir(t: KernelThread, fresh: Var): Var {
  const { asm } = t;
  const [again, found] = [asm.newLabel(), asm.newLabel()];
  const [heir, next] = [tableVar(t, 'heir'), tableVar(t, 'next_heir')];
  asm.local(assign(heir, fresh.value));
  asm.place(again);
  readLink(t, heir.value, next);
  asm.branch(eq(next.value, 0), found);
  asm.local(assign(heir, next.value));
  asm.jump(again);
  asm.place(found);
  return heir;
}

interface OneLevel {
  readonly old: Var;
  readonly heir: Var;
  readonly level: number;
}

function merge(t: KernelThread, one: OneLevel): void {
  if (t.world.wholeTableSteps) mergeWhole(t, one);
  else mergeEach(t, one);
}

/** `first-entry`: the posted loop does not advance its pointers, so it merges entry 0 over and over. */
function mergedEntries(t: KernelThread, level: number): number {
  return t.design.adFreeMerge === 'first-entry' ? 1 : at(t.world.levels, level).entries;
}

function mergeEach(t: KernelThread, { old, heir: fresh, level }: OneLevel): void {
  const { asm } = t;
  const count = mergedEntries(t, level);
  const index = numberVar(t, 'entry', count);
  const again = asm.newLabel();
  asm.local(assign(index, 0));
  asm.place(again);
  moveBits(t, { from: old.value, to: fresh.value, index: index.value, level, clear: false });
  asm.local(assign(index, add(index.value, 1)));
  asm.branch(lt(index.value, count), again);
}

function mergeWhole(t: KernelThread, { old, heir: fresh, level }: OneLevel): void {
  const merge = mergeInto(t, {
    target: entryAt(fresh.value, each),
    bits: entryAt(old.value, each),
    to: fresh.value,
    index: each,
    level,
  });
  t.asm.step({
    label: ['or A and D of ', showFrame(old.value), ' into ', showFrame(fresh.value)],
    tag: 'merge',
    body: [
      ...touch(old.value, 'the merge of A and D'),
      ...touch(fresh.value, 'the merge of A and D'),
      { k: 'each', count: mergedEntries(t, level), body: merge },
    ],
  });
}
