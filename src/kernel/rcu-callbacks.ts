import { add, eq, find, get, lt, ne, num, sub } from '../program/expr.ts';
import { set, show, violate, when } from '../program/instr.ts';
import { CALLBACK_READY } from '../machine/rcu.ts';
import { assign, numberVar, tableVar, type Thread } from '../machine/thread.ts';
import type { Design } from './design.ts';
import { emptyList, freeTable } from './free-old.ts';

/** The callbacks of RCU, an actor of its own: no thread's context, no locks held, nothing it may sleep for. */
export interface RcuActor extends Thread {
  readonly design: Design;
  /** The process of each relocation, by relocation id. */
  readonly mmOfRelocation: readonly number[];
}

/** True when a design leaves work to RCU callbacks. */
export function usesCallbacks(design: Design): boolean {
  return design.freeing !== 'synchronize-rcu';
}

export function writeRcuCallbacks(t: RcuActor): void {
  const again = t.asm.newLabel();
  t.asm.place(again);
  if (t.design.freeing === 'rcu-per-table') freeOne(t);
  else freeBatch(t);
  t.asm.jump(again);
}

function freeOne(t: RcuActor): void {
  const tables = t.world.tableFrames + 1;
  const ready = find({ field: 'rcu.table_callback', from: 0, to: tables, value: CALLBACK_READY });
  t.asm.line('when a grace period is over: free the table');
  t.asm.step({
    label: ['RCU callback: free ', show(ready, 'frame')],
    tag: 'free',
    guard: lt(ready, tables),
    wait: ['no callback is due'],
    body: [...freeTable(ready), set('rcu.table_callback', 0, ready)],
  });
}

function freeBatch(t: RcuActor): void {
  const { asm } = t;
  const count = t.mmOfRelocation.length;
  const ready = find({ field: 'rcu.batch_callback', from: 0, to: count, value: CALLBACK_READY });
  const id = numberVar(t, 'batch', count);
  const i = numberVar(t, 'nth', 255);
  const old = tableVar(t, 'old');
  const [next, end] = [asm.newLabel(), asm.newLabel()];
  asm.line('when a grace period is over: take its list of old tables');
  asm.step({
    label: ['RCU callback: free a list of ', show(get('old.count', ready), 'number'), ' old tables'],
    tag: 'rcu-run',
    guard: lt(ready, count),
    wait: ['no callback is due'],
    body: [assign(id, ready), set('rcu.batch_callback', 0, id.value)],
  });
  asm.local(assign(i, 0));
  asm.place(next);
  asm.branch({ k: 'not', a: lt(i.value, get('old.count', id.value)) }, end);
  asm.local(assign(old, get('old.list', i.value, id.value)), assign(i, add(i.value, 1)));
  asm.line('free each', 1);
  asm.step({ label: ['free ', show(old.value, 'frame')], tag: 'free', body: freeTable(old.value) });
  asm.jump(next);
  asm.place(end);
  asm.local(...emptyList(t.design, id.value));
  if (t.design.serialise === 'mutex-until-rcu') releaseMark(t, id.value);
}

/** mutex-until-rcu: the callback clears the mark and releases a mutex that it never took. */
function releaseMark(t: RcuActor, id: ReturnType<typeof get>): void {
  const { asm, design } = t;
  asm.line('clear the mark, release the relocation mutex');
  const mms = [...new Set(t.mmOfRelocation)];
  for (const mm of mms) {
    const other = asm.newLabel();
    asm.branch(ne(mmOf(t, id), mm), other);
    const mark = get('mm.rewalk', mm);
    if (design.marking !== 'none')
      asm.step({
        label: [design.marking === 'flag' ? 'clear NEED_REWALK' : 'nesting count -= 1'],
        tag: 'mark',
        body:
          design.marking === 'flag'
            ? [set('mm.rewalk', 0, mm)]
            : when(ne(mark, 0), [set('mm.rewalk', sub(mark, 1), mm)]),
      });
    asm.step({
      label: ['release the relocation mutex'],
      tag: 'unlock',
      body: [
        violate(
          'lock-ownership',
          'an RCU callback releases the relocation mutex, taken by ',
          show(get('mm.relocation_mutex', mm), 'owner'),
        ),
        set('mm.relocation_mutex', 0, mm),
      ],
    });
    asm.place(other);
  }
}

function mmOf(t: RcuActor, id: ReturnType<typeof get>): ReturnType<typeof get> {
  return t.mmOfRelocation.reduce<ReturnType<typeof get>>(
    (otherwise, mm, i) => ({ k: 'cond', test: eq(id, i), then: num(mm), else: otherwise }),
    num(0),
  );
}
