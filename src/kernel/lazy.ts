import { bitAnd, bitOr, get, ne } from '../program/expr.ts';
import { set } from '../program/instr.ts';
import { movCr3 } from '../machine/mmu.ts';
import { enterKernel } from '../machine/rcu.ts';
import { topFor } from '../machine/replicas.ts';
import { assign, myBit, numberVar } from '../machine/thread.ts';
import { becomeQuiescent, type KernelThread, mmName } from './context.ts';

/**
 * The CPU runs a kernel thread for a while and keeps the process's CR3 (lazy TLB); a flush IPI makes it leave the process.
 * Coming back: test-and-set its bit in cpu_vm_mask, and load CR3 only where the bit was clear. Interrupts are off
 * while the kernel switches.
 */
export function runKernelThread(t: KernelThread, mm: number): void {
  const { asm, cpu } = t;
  asm.routine('run a kernel thread', 'lazily', () => {
    asm.line('switch to the kernel thread: CR3 stays, the CPU is lazy');
    asm.step({
      label: [`switch to a kernel thread, lazy on ${mmName(t, mm)}`],
      tag: 'switch',
      body: [...becomeQuiescent(t), enterKernel(t), set('cpu.lazy', 1, cpu)],
    });
    asm.line('the kernel thread runs and is done');
    asm.step({
      label: ['disable interrupts to switch back'],
      tag: 'irqs',
      body: [set('cpu.irqs_off', 1, cpu)],
    });
    asm.line('switch back: no longer lazy; test-and-set the bit in cpu_vm_mask');
    asm.step({
      label: [`no longer lazy on ${mmName(t, mm)}`],
      tag: 'switch',
      body: [set('cpu.lazy', 0, cpu)],
    });
    const had = numberVar(t, 'bit_was_set', 2 ** t.world.cpus - 1);
    const kept = asm.newLabel();
    const mask = get('mm.cpu_vm_mask', mm);
    asm.step({
      label: [`test and set CPU${String(cpu)} in cpu_vm_mask of ${mmName(t, mm)}`],
      tag: 'mask',
      body: [assign(had, bitAnd(mask, myBit(t))), set('mm.cpu_vm_mask', bitOr(mask, myBit(t)), mm)],
    });
    asm.branch(ne(had.value, 0), kept);
    asm.line('it was clear: load CR3');
    asm.step({
      label: [`load CR3 of ${mmName(t, mm)}`],
      tag: 'cr3',
      body: movCr3(t, topFor(t.world, mm, cpu)),
    });
    asm.place(kept);
    asm.line('back to user mode');
    asm.step({
      label: ['enable interrupts, back to user mode'],
      tag: 'irqs',
      body: [set('cpu.irqs_off', 0, cpu), ...becomeQuiescent(t)],
    });
  });
}
