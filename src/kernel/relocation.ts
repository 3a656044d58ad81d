import type { Label } from '../program/assembler.ts';
import { add, bitAnd, bitOr, eq, type Expr, get, ne, sub } from '../program/expr.ts';
import { set, type Stmt, when } from '../program/instr.ts';
import { dropLock, relocationMutex, takeLock } from '../machine/locks.ts';
import { movCr3 } from '../machine/mmu.ts';
import { enterKernel } from '../machine/rcu.ts';
import { topFor } from '../machine/replicas.ts';
import { assign, myBit, numberVar } from '../machine/thread.ts';
import type { Pool } from '../machine/world.ts';
import { bottomOf, becomeQuiescent, type KernelThread, mmName, tableLockOf } from './context.ts';
import { freeOldTables } from './free-old.ts';
import { irqsOff, irqsRestore } from './irqs.ts';
import { maybeReload } from './maybe-reload.ts';
import { heededOthers } from './sharing.ts';

/** One enter ... leave of a relocation. Its old tables are kept in list `id`. */
export interface Relocation {
  readonly t: KernelThread;
  readonly id: number;
  readonly mm: number;
  readonly pool: Pool;
  /** True for a frame that tables are to leave: of its copies, the one that a relocation drops. */
  readonly leaves: (frame: Expr) => Expr;
  /** Where a failed allocation goes. */
  readonly noMemory: Label;
}

const ghostRelocating = get('ghost.relocating');

/** Step 1: leave the process, serialise, mark. */
export function enter(r: Relocation): void {
  const { t, mm } = r;
  const { asm, design } = t;
  const starting: readonly Stmt[] = [
    enterKernel(t),
    set('ghost.relocating', bitOr(ghostRelocating, myBit(t))),
  ];
  asm.routine('enter', mmName(t, mm), () => {
    if (design.serialise !== 'none') {
      asm.line('lock the relocation mutex');
      takeLock(t, relocationMutex(mm, mmName(t, mm)), starting);
    } else asm.step({ label: ['enter the kernel'], tag: 'enter', body: starting });
    if (design.switchMm === 'yes') leaveProcess(t, mm);
    if (design.marking === 'none') return;
    asm.line(
      design.marking === 'flag'
        ? 'set NEED_REWALK under page_table_lock'
        : 'nesting count += 1 under page_table_lock',
    );
    underTableLock(t, mm, markStep(t, mm, 1));
  });
}

interface Mark {
  readonly label: string;
  readonly body: readonly Stmt[];
}

function markStep({ design }: KernelThread, mm: number, by: 1 | -1): Mark {
  const mark = get('mm.rewalk', mm);
  if (design.marking === 'flag')
    return {
      label: by === 1 ? 'set NEED_REWALK' : 'clear NEED_REWALK',
      body: [set('mm.rewalk', by === 1 ? 1 : 0, mm)],
    };
  const down = when(
    eq(mark, 0),
    [{ k: 'violate', property: 'counts', why: ['the nesting count would go below zero'] }],
    [set('mm.rewalk', sub(mark, 1), mm)],
  );
  return {
    label: `nesting count ${by === 1 ? '+' : '-'}= 1`,
    body: by === 1 ? [set('mm.rewalk', add(mark, 1), mm)] : down,
  };
}

function underTableLock(t: KernelThread, mm: number, mark: Mark): void {
  irqsOff(t);
  takeLock(t, tableLockOf(t, mm));
  t.asm.step({ label: [mark.label], tag: 'mark', body: mark.body });
  dropLock(t, tableLockOf(t, mm));
  irqsRestore(t);
}

/** switchMm: the relocating thread leaves the process (for init_mm) while it works, if its CPU runs it. */
function leaveProcess(t: KernelThread, mm: number): void {
  const { asm, cpu, design } = t;
  const elsewhere = asm.newLabel();
  const left = numberVar(t, 'left', 1);
  asm.line('if this CPU runs the process: switch to init_mm');
  asm.local(assign(left, 0));
  asm.branch(ne(get('cpu.mm', cpu), mm + 1), elsewhere);
  const clear = (): void => {
    asm.step(clearBit(t, mm));
  };
  const load = (): void => {
    asm.step({ label: ['load init_mm’s CR3'], tag: 'cr3', body: [...movCr3(t, 0), set('cpu.mm', 0, cpu)] });
  };
  for (const part of design.switchOrder === 'clear-first' ? [clear, load] : [load, clear]) part();
  asm.local(assign(left, 1));
  asm.place(elsewhere);
}

function clearBit(t: KernelThread, mm: number): Parameters<KernelThread['asm']['step']>[0] {
  const mask = get('mm.cpu_vm_mask', mm);
  return {
    label: [`clear CPU${String(t.cpu)} in cpu_vm_mask of ${mmName(t, mm)}`],
    tag: 'mask',
    body: [set('mm.cpu_vm_mask', bitAnd(mask, ~myBit(t)), mm)],
  };
}

function returnToProcess(t: KernelThread, mm: number): void {
  const { asm, cpu } = t;
  const elsewhere = asm.newLabel();
  const left = numberVar(t, 'left', 1);
  asm.line('if it ran the process before: switch back');
  asm.branch(eq(left.value, 0), elsewhere);
  const mask = get('mm.cpu_vm_mask', mm);
  asm.step({
    label: [`set CPU${String(cpu)} in cpu_vm_mask of ${mmName(t, mm)}`],
    tag: 'mask',
    body: [set('mm.cpu_vm_mask', bitOr(mask, myBit(t)), mm)],
  });
  asm.step({
    label: [`load CR3 of ${mmName(t, mm)}`],
    tag: 'cr3',
    body: [...movCr3(t, topFor(t.world, mm, cpu)), set('cpu.mm', mm + 1, cpu)],
  });
  asm.place(elsewhere);
}

/** Step 4: flush what needs it, wait, free, undo step 1. `failed` leaves at once where the design says so. */
export function finish(r: Relocation): void {
  const { t, mm, noMemory } = r;
  const { asm, design } = t;
  const out = asm.newLabel();
  asm.routine('finish', mmName(t, mm), () => {
    if (design.onNoMemory === 'finish') asm.place(noMemory);
    maybeReload(t, mm);
    for (const other of heededOthers(t, mm, bottomOf(t))) maybeReload(t, other);
    freeOldTables(r);
    if (design.serialise !== 'mutex-until-rcu') asm.jump(out);
    else leave(r, { untilRcu: true });
    if (design.serialise === 'mutex-until-rcu') asm.jump(out);
  });
  if (design.onNoMemory === 'leave') asm.place(noMemory);
  if (design.onNoMemory === 'leave' && design.serialise === 'mutex-until-rcu') leave(r, { untilRcu: true });
  if (design.serialise !== 'mutex-until-rcu') {
    asm.place(out);
    leave(r, { untilRcu: false });
  } else asm.place(out);
}

/** Undoes step 1, and goes back to user mode. With mutex-until-rcu mark and mutex are left to the RCU callback. */
function leave({ t, mm }: Relocation, { untilRcu }: { untilRcu: boolean }): void {
  const { asm, design } = t;
  asm.routine('leave', mmName(t, mm), () => {
    if (!untilRcu && design.marking !== 'none') {
      asm.line(
        design.marking === 'flag'
          ? 'clear NEED_REWALK under page_table_lock'
          : 'nesting count -= 1 under page_table_lock',
      );
      underTableLock(t, mm, markStep(t, mm, -1));
    }
    if (design.switchMm === 'yes') returnToProcess(t, mm);
    const ending = [set('ghost.relocating', bitAnd(ghostRelocating, ~myBit(t))), ...becomeQuiescent(t)];
    if (!untilRcu && design.serialise === 'mutex') {
      asm.line('unlock the relocation mutex');
      dropLock(t, relocationMutex(mm, mmName(t, mm)), ending);
    } else asm.step({ label: ['leave the kernel'], tag: 'leave', body: ending });
  });
}
