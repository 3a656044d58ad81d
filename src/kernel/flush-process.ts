import { flushMm, type FlushKind } from '../machine/mmu.ts';
import type { KernelThread } from './context.ts';

/**
 * flush_tlb_mm of a process, or reload_tlb_mm. `flushLoads=mm-pgd` makes it a reload: while a PGD is in limbo, CPUs that load the CR3 they have go on
 * walking from the old PGD, whose entries nobody clears any more.
 */
export function flushProcess(t: KernelThread, mm: number, kind: Exclude<FlushKind, 'page'> = 'flush'): void {
  flushMm(t, { mm, kind: t.design.flushLoads === 'mm-pgd' ? 'reload' : kind });
}
