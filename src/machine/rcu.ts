import { bitOr, type Expr, get, num, shl } from '../program/expr.ts';
import { set, type Stmt } from '../program/instr.ts';
import { myBit, type Thread } from './thread.ts';

/**
 * Classic RCU without preemption: a CPU is quiescent in user mode, in idle, and when its thread sleeps or switches.
 * A grace period is a mask of the CPUs that must still become quiescent. A queued callback is 1 | mask << 1, so 1 means
 * ready and 0 none.
 */
export const CALLBACK_READY = 1;

/** The CPUs that are in the kernel now, without those of `except`. */
export function nonQuiescent({ world }: Thread, except = 0): Expr {
  let mask: Expr = num(0);
  for (let cpu = 0; cpu < world.cpus; cpu++)
    if ((except & (1 << cpu)) === 0) mask = bitOr(mask, shl(get('cpu.kernel', cpu), cpu));
  return mask;
}

/** A callback queued now: it waits for every CPU in the kernel, the caller's own included. */
export function queuedCallback(t: Thread): Expr {
  return bitOr(num(CALLBACK_READY), shl(nonQuiescent(t), 1));
}

/** This CPU becomes quiescent: it leaves the kernel, or its thread sleeps. */
export function quiesce(t: Thread, callbacks: { perTable: boolean }): readonly Stmt[] {
  const bit = myBit(t);
  const row = num(0);
  return [
    set('cpu.kernel', 0, t.cpu),
    { k: 'and-row', field: 'rcu.waits_for', row, mask: num(~bit) },
    { k: 'and-row', field: 'rcu.batch_callback', row, mask: num(~(bit << 1)) },
    ...(callbacks.perTable
      ? [{ k: 'and-row', field: 'rcu.table_callback', row, mask: num(~(bit << 1)) } as const]
      : []),
  ];
}

export function enterKernel({ cpu }: Thread): Stmt {
  return set('cpu.kernel', 1, cpu);
}
