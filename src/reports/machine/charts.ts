import type { BarChart, Chart } from '../chart.ts';
import { framesByOrder, orderNames } from '../memory/charts.ts';
import type { FreeBlocks } from './report.ts';
import { type Kinds, NON_MOVABLE } from './totals.ts';

/** What a kind is called beside its figure. */
export const KIND_WORDS: Readonly<Record<keyof Kinds, string>> = {
  free: 'free',
  anonymous: 'anonymous',
  file: 'file',
  pageTables: 'page tables',
  slab: 'slab, all',
  slabUnreclaimable: 'slab, unreclaimable',
  slabReclaimable: 'slab, reclaimable',
  kernelStack: 'kernel stacks',
  percpu: 'per-CPU',
  vmallocWithoutStacks: 'vmalloc without stacks',
  kernelOther: 'kernel, other flags',
  hugetlb: 'hugetlbfs',
  reserved: 'reserved at boot',
  offline: 'offline or balloon',
  unflagged: 'no flag',
  unflaggedFree: 'no flag, counted as free',
  unflaggedBoot: 'no flag, set aside at boot',
  absent: 'no memory there',
};

/** The same where there is little room: below a bar. */
const SHORT_WORDS: Readonly<Record<(typeof NON_MOVABLE)[number], string>> = {
  pageTables: 'tables',
  slabUnreclaimable: 'slab',
  kernelStack: 'stacks',
  percpu: 'per-CPU',
  vmallocWithoutStacks: 'vmalloc',
  kernelOther: 'other',
};

export function machineCharts(kinds: Kinds, freeBlocks: FreeBlocks): readonly Chart[] {
  return [nonMovable(kinds), blocks(freeBlocks)];
}

function nonMovable(kinds: Kinds): Chart {
  const chart: BarChart = {
    kind: 'bar',
    id: 'machine-non-movable',
    title: 'Memory that can neither move nor be dropped',
    about:
      'Page tables are counted by frame; unreclaimable slab, stacks, per-CPU memory and vmalloc are /proc/meminfo’s.',
    category: 'use',
    categories: NON_MOVABLE.map((kind) => SHORT_WORDS[kind]),
    y: { title: 'bytes', words: 'bytes', scale: 'linear' },
    stacked: false,
    series: [{ name: 'this machine', values: NON_MOVABLE.map((kind) => kinds[kind] * 4096) }],
  };
  return chart;
}

function blocks({ now, compaction, relocatable, compactionHigh, relocatableHigh }: FreeBlocks): Chart {
  const bytes = (counts: readonly number[]): readonly number[] => framesByOrder(counts).map((n) => n * 4096);
  const chart: BarChart = {
    kind: 'bar',
    id: 'machine-free-blocks',
    title: 'Free memory by the order of its blocks',
    about:
      'Now, and at best after compaction that cannot, or can, move page tables. High: frames without a flag taken as not in use.',
    category: 'order',
    categories: orderNames(now.length),
    y: { title: 'free bytes', words: 'bytes', scale: 'linear' },
    stacked: false,
    series: [
      { name: 'now', values: bytes(now) },
      { name: 'tables stay, low', values: bytes(compaction) },
      { name: 'tables move, low', values: bytes(relocatable) },
      { name: 'tables stay, high', values: bytes(compactionHigh) },
      { name: 'tables move, high', values: bytes(relocatableHigh) },
    ],
  };
  return chart;
}
