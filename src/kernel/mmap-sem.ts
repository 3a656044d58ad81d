import { bitAnd, bitOr, eq, get } from '../program/expr.ts';
import { set, show, type Stmt } from '../program/instr.ts';
import { enterKernel } from '../machine/rcu.ts';
import { me, myBit } from '../machine/thread.ts';
import { becomeQuiescent, type KernelThread, mmName } from './context.ts';

/** Enters the kernel and takes mmap_sem for reading. Who waits for it sleeps, so the CPU is quiescent until then. */
export function downRead(t: KernelThread, mm: number): void {
  const readers = get('mm.mmap_sem_readers', mm);
  t.asm.line('down_read(mmap_sem)');
  t.asm.step({
    label: [`enter the kernel, down_read(mmap_sem of ${mmName(t, mm)})`],
    tag: 'lock',
    guard: eq(get('mm.mmap_sem_writer', mm), 0),
    wait: ['sleeps for mmap_sem, held for writing by ', show(get('mm.mmap_sem_writer', mm), 'owner')],
    body: [set('mm.mmap_sem_readers', bitOr(readers, myBit(t)), mm), enterKernel(t)],
  });
}

/** Releases mmap_sem and goes back to user mode. */
export function upReadAndLeave(t: KernelThread, mm: number): void {
  const readers = get('mm.mmap_sem_readers', mm);
  t.asm.line('up_read(mmap_sem), back to user mode');
  t.asm.step({
    label: [`up_read(mmap_sem of ${mmName(t, mm)}), back to user mode`],
    tag: 'unlock',
    body: [set('mm.mmap_sem_readers', bitAnd(readers, ~myBit(t)), mm), ...becomeQuiescent(t)],
  });
}

/** Enters the kernel and takes mmap_sem for writing. */
export function downWrite(t: KernelThread, mm: number): void {
  const writer = get('mm.mmap_sem_writer', mm);
  const readers = get('mm.mmap_sem_readers', mm);
  t.asm.line('down_write(mmap_sem)');
  t.asm.step({
    label: [`enter the kernel, down_write(mmap_sem of ${mmName(t, mm)})`],
    tag: 'lock',
    guard: eq(bitOr(writer, readers), 0),
    wait: ['sleeps for mmap_sem, held by ', show(writer, 'owner'), ', readers ', show(readers, 'mask')],
    body: [set('mm.mmap_sem_writer', me(t), mm), enterKernel(t)],
  });
}

/** Releases mmap_sem held for writing; `also` joins the step. */
export function upWrite(t: KernelThread, mm: number, also: readonly Stmt[]): void {
  t.asm.line('up_write(mmap_sem), back to user mode');
  t.asm.step({
    label: [`up_write(mmap_sem of ${mmName(t, mm)}), back to user mode`],
    tag: 'unlock',
    body: [set('mm.mmap_sem_writer', 0, mm), ...also],
  });
}
