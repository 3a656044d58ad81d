import { add, eq, type Expr, get, lt, num } from '../program/expr.ts';
import { set, show, type Stmt } from '../program/instr.ts';
import { enterKernel, nonQuiescent, queuedCallback } from '../machine/rcu.ts';
import { assign, myBit, numberVar, tableVar } from '../machine/thread.ts';
import { kindNumber } from '../machine/world.ts';
import { becomeQuiescent, type KernelThread } from './context.ts';
import type { Design } from './design.ts';
import { mergeAndUnlink } from './merge-old.ts';
import type { Relocation } from './relocation.ts';

/** Step 8: the old table goes on the list of this relocation (with its level, where more than PTE tables are linked), or to RCU at once. */
export function queueOld(r: Relocation, old: Expr, level: number): void {
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
  t.asm.local(
    set('old.list', old, count, id),
    ...(keepsLevels(t.design) ? [set('old.level', level, count, id)] : []),
    set('old.count', add(count, 1), id),
  );
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
  const leafLevels = t.design.adBits !== 'none' && keepsLevels(t.design);
  asm.line('for each old table, in list order');
  const [next, end] = [asm.newLabel(), asm.newLabel()];
  const i = numberVar(t, 'nth', t.world.tableFrames + 1);
  const old = tableVar(t, 'old');
  asm.local(assign(i, 0));
  asm.place(next);
  asm.branch({ k: 'not', a: lt(i.value, get('old.count', id)) }, end);
  const level = leafLevels ? numberVar(t, 'old_level', t.world.levels.length) : null;
  const levelNow = level === null ? [] : [assign(level, get('old.level', i.value, id))];
  asm.local(assign(old, get('old.list', i.value, id)), ...levelNow, assign(i, add(i.value, 1)));
  if (t.design.adBits !== 'none') mergeAndUnlink(r, { table: old, level });
  asm.line('free the old table', 1);
  asm.step({ label: ['free ', show(old.value, 'frame')], tag: 'free', body: freeTable(old.value) });
  asm.jump(next);
  asm.place(end);
  asm.local(...emptyList(t.design, num(id)));
}

/** The list is empty again: what it held is freed. */
export function emptyList(design: Design, id: Expr): readonly Stmt[] {
  const fields = ['old.list', ...(keepsLevels(design) ? ['old.level'] : [])];
  return [
    set('old.count', 0, id),
    ...fields.map((field): Stmt => ({ k: 'fill', field, row: id, value: num(0) })),
  ];
}

/** True where lists of old tables say of what level each is: only PTE tables are merged otherwise. */
export function keepsLevels({ linkLevels }: Design): boolean {
  return linkLevels !== 'pte';
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
