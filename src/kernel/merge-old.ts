import { at } from '../lib/at.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { assign, entryAt, numberVar, showFrame, tableVar, touch, type Var } from '../machine/thread.ts';
import { add, each, eq, lt } from '../program/expr.ts';
import { mergeInto, moveBits } from './ad-bits.ts';
import { type KernelThread, ptlOf } from './context.ts';
import { keepGuard } from './copies.ts';
import { irqsOff, irqsRestore } from './irqs.ts';
import { dropLinks, readLink } from './links.ts';
import type { Relocation } from './relocation.ts';
import { heededOthers, lockAll, unlockAll } from './sharing.ts';

/** adBits at free: the old table's A and D into the one in use, then what old and new table know of each other is dropped. */
export function mergeAndUnlink({ t, mm }: Relocation, old: Var): void {
  const { asm } = t;
  const fresh = tableVar(t, 'linked');
  const none = asm.newLabel();
  const others = heededOthers(t, mm, t.world.levels.length - 1);
  const outer = t.design.freeMergeLock === 'page-table-lock';
  asm.line('if it is linked: or its A and D into the new table, under that table’s ptl; drop the link', 1);
  if (outer) irqsOff(t);
  if (outer) lockAll(t, mm, others);
  readLink(t, old.value, fresh);
  asm.branch(eq(fresh.value, 0), none);
  const heir = t.design.linkShape === 'chain' ? findHeir(t, fresh) : fresh;
  const ptl = outer && !t.world.splitLocks ? null : ptlOf(t, mm, keepGuard(t, heir.value));
  if (ptl !== null) takeLock(t, ptl);
  if (t.world.wholeTableSteps) mergeWhole(t, old, heir);
  else mergeEach(t, old, heir);
  dropLinks(t, old.value, fresh.value);
  if (ptl !== null) dropLock(t, ptl);
  asm.place(none);
  if (outer) unlockAll(t, mm, others);
  if (outer) irqsRestore(t);
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

/** `first-entry`: the posted loop does not advance its pointers, so it merges entry 0 over and over. */
function mergedEntries(t: KernelThread): number {
  const bottom = at(t.world.levels, t.world.levels.length - 1);
  return t.design.adFreeMerge === 'first-entry' ? 1 : bottom.entries;
}

function mergeEach(t: KernelThread, old: Var, fresh: Var): void {
  const { asm } = t;
  const count = mergedEntries(t);
  const index = numberVar(t, 'entry', count);
  const again = asm.newLabel();
  asm.local(assign(index, 0));
  asm.place(again);
  moveBits(t, { from: old.value, to: fresh.value, index: index.value, clear: false });
  asm.local(assign(index, add(index.value, 1)));
  asm.branch(lt(index.value, count), again);
}

function mergeWhole(t: KernelThread, old: Var, fresh: Var): void {
  const merge = mergeInto(t, {
    target: entryAt(fresh.value, each),
    bits: entryAt(old.value, each),
    to: fresh.value,
    index: each,
  });
  t.asm.step({
    label: ['or A and D of ', showFrame(old.value), ' into ', showFrame(fresh.value)],
    tag: 'merge',
    body: [
      ...touch(old.value, 'the merge of A and D'),
      ...touch(fresh.value, 'the merge of A and D'),
      { k: 'each', count: mergedEntries(t), body: merge },
    ],
  });
}
