import { set } from '../program/instr.ts';
import type { KernelThread } from './context.ts';

/** Interrupts off around page_table_lock, where the design wants that. */
export function irqsOff(t: KernelThread): void {
  if (t.design.irqs !== 'off') return;
  t.asm.step({ label: ['disable interrupts'], tag: 'irqs', body: [set('cpu.irqs_off', 1, t.cpu)] });
}

export function irqsRestore(t: KernelThread): void {
  if (t.design.irqs !== 'off') return;
  t.asm.step({ label: ['restore interrupts'], tag: 'irqs', body: [set('cpu.irqs_off', 0, t.cpu)] });
}
