import { at } from '../lib/at.ts';
import { add, each, eq, type Expr, get, lt, num } from '../program/expr.ts';
import { set, show, type Stmt, when } from '../program/instr.ts';
import { dropLock, takeLock } from '../machine/locks.ts';
import { enterKernel, nonQuiescent, queuedCallback } from '../machine/rcu.ts';
import {
  assign,
  entryAt,
  myBit,
  numberVar,
  showFrame,
  tableVar,
  touch,
  type Var,
} from '../machine/thread.ts';
import { kindNumber } from '../machine/world.ts';
import { becomeQuiescent, type KernelThread, ptlOf } from './context.ts';
import { mergeInto, moveBits, readLink } from './ad-bits.ts';
import type { Relocation } from './relocation.ts';

/** Step 8: the old table goes on the list of this relocation, or to RCU at once. */
export function queueOld(r: Relocation, old: Expr): void {
  const { t, id } = r;
  if (t.design.freeing === 'rcu-per-table') {
    t.asm.line('call_rcu(free the old table)');
    t.asm.step({
      label: ['call_rcu(free ', show(old, 'frame'), ')'],
      tag: 'call-rcu',
      body: [set('rcu.table_callback', queuedCallback(t), old)],
    });
    return;
  }
  const count = get('old.count', id);
  t.asm.local(set('old.list', old, count, id), set('old.count', add(count, 1), id));
}

export function freeOldTables(r: Relocation): void {
  const { t, id } = r;
  const { asm } = t;
  if (t.design.freeing === 'rcu-per-table') return;
  if (t.design.freeing === 'rcu-after-flush') {
    asm.line('call_rcu(free the list of old tables)');
    asm.step({
      label: ['call_rcu(free the old tables)'],
      tag: 'call-rcu',
      body: [set('rcu.batch_callback', queuedCallback(t), id)],
    });
    return;
  }
  synchronizeRcu(t);
  asm.line('for each old table, in list order');
  const [next, end] = [asm.newLabel(), asm.newLabel()];
  const i = numberVar(t, 'nth', t.world.tableFrames + 1);
  const old = tableVar(t, 'old');
  asm.local(assign(i, 0));
  asm.place(next);
  asm.branch({ k: 'not', a: lt(i.value, get('old.count', id)) }, end);
  asm.local(assign(old, get('old.list', i.value, id)), assign(i, add(i.value, 1)));
  if (t.design.adBits !== 'none') mergeAndUnlink(r, old);
  asm.line('free the old table', 1);
  asm.step({ label: ['free ', show(old.value, 'frame')], tag: 'free', body: freeTable(old.value) });
  asm.jump(next);
  asm.place(end);
  asm.local(...forgetList(r));
}

/** The list is empty again: what it held is freed. */
function forgetList({ id }: Relocation): readonly Stmt[] {
  return [set('old.count', 0, id), { k: 'fill', field: 'old.list', row: num(id), value: num(0) }];
}

export function freeTable(frame: Expr): readonly Stmt[] {
  return [set('frame.kind', kindNumber('freed-table'), frame)];
}

/** Sleeps until every CPU that is in the kernel now has left it, slept or switched once. */
export function synchronizeRcu(t: KernelThread): void {
  const { asm, cpu } = t;
  asm.line('synchronize_rcu');
  asm.step({
    label: ['synchronize_rcu: wait for ', show(nonQuiescent(t, myBit(t)), 'mask')],
    tag: 'rcu-wait',
    body: [...becomeQuiescent(t), set('rcu.waits_for', nonQuiescent(t, myBit(t)), cpu)],
  });
  asm.step({
    label: ['synchronize_rcu is over'],
    tag: 'rcu-done',
    guard: eq(get('rcu.waits_for', cpu), 0),
    wait: ['synchronize_rcu waits for ', show(get('rcu.waits_for', cpu), 'mask'), ' to leave the kernel'],
    body: [enterKernel(t)],
  });
}

/** adBits at free: the old table's A and D into the new one's, then the link between them is dropped. */
function mergeAndUnlink({ t, mm }: Relocation, old: Var): void {
  const { asm } = t;
  const fresh = tableVar(t, 'linked');
  const none = asm.newLabel();
  asm.line('if it is linked: or its A and D into the new table, under that table’s ptl; drop the link', 1);
  readLink(t, old.value, fresh);
  asm.branch(eq(fresh.value, 0), none);
  takeLock(t, ptlOf(t, mm, fresh.value));
  if (t.world.wholeTableSteps) mergeWhole(t, old, fresh);
  else mergeEach(t, old, fresh);
  dropLinks(t, old.value, fresh.value);
  dropLock(t, ptlOf(t, mm, fresh.value));
  asm.place(none);
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

function dropLinks(t: KernelThread, old: Expr, fresh: Expr): void {
  t.asm.step({
    label: ['drop the link of ', showFrame(old)],
    tag: 'link',
    body: [...touch(old, 'dropping a link'), set('frame.link', 0, old)],
  });
  t.asm.step({
    label: ['drop the link of ', showFrame(fresh), ', if it still points back'],
    tag: 'link',
    body: [
      ...touch(fresh, 'dropping a link'),
      ...when(eq(get('frame.link', fresh), old), [set('frame.link', 0, fresh)]),
    ],
  });
}
