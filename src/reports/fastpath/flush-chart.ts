import type { LineChart } from '../chart.ts';
import type { FlushRun } from './flush-runs.ts';

/** Pages that mmu_gather holds before it flushes (FREE_PTE_NR, include/asm-generic/tlb.h, 2.6.25 with SMP). */
const GATHERED_PAGES = 506;

/** Tables that are moved: from one to those of a process of 128 GiB. */
const TABLES = Array.from({ length: 17 }, (_, i) => 2 ** i);

/** Interrupts that each other CPU takes in one relocation, by tables moved; the first two from runs of the programs. */
export function flushChart(flag: FlushRun, perTable: FlushRun): LineChart {
  const each = perTable.interrupts / perTable.tables;
  const lines = {
    'flag: one flush at the end (p)': () => flag.interrupts,
    'a flush for each table': (tables: number) => each * tables,
    'mmu_gather: one for 506 pages': (tables: number) => Math.ceil(tables / GATHERED_PAGES),
  };
  return {
    kind: 'line',
    id: 'fastpath-flushes',
    title: 'Flushes of a relocation, by how they are gathered',
    about:
      'One flag makes the fast path pay two locked operations a fault; what it saves is here. Batches of mmu_gather come near to it, and no fault would have to ask.',
    x: { title: 'tables moved', words: 'number', scale: 'log' },
    y: { title: 'interrupts of each other CPU', words: 'number', scale: 'log' },
    series: Object.entries(lines).map(([name, value]) => ({
      name,
      points: TABLES.map((tables) => [tables, value(tables)] as const),
    })),
  };
}
