import type { Assumption } from '../assumption.ts';
import type { WorldPlan } from './worlds.ts';

const number = (value: number): string => value.toLocaleString('en');

/** What the models of memory stand on. */
export function memoryAssumptions({
  size,
  life,
  bootFrames,
  actions,
  ...end
}: WorldPlan): readonly Assumption[] {
  const mib = (size.nodes * size.frames) / 256;
  return [
    {
      what: 'orders, pageblock',
      value: `0 to ${String(size.orders - 1)}, ${number(2 ** size.blockOrder)} frames`,
      origin: size.blockOrder === 9 ? 'published' : 'ours',
      source: size.blockOrder === 9 ? 'Linux on x86-64' : 'scaled down, so that every frame can be seen',
    },
    {
      what: 'fallback between migrate types',
      value: 'claim a pageblock, else steal the smallest block',
      origin: 'published',
      source: 'Linux 6.18, mm/page_alloc.c, in outline: no watermarks, no per-CPU lists, one zone a node',
    },
    {
      what: 'memory',
      value: `${String(size.nodes)} × ${number(size.frames)} frames, ${mib.toLocaleString('en')} MiB`,
      origin: 'ours',
      source: 'small, so that a life fills it many times over',
    },
    {
      what: 'life',
      value: `${number(actions)} actions: ${String(life.touchPerMille)} of 1000 writes, ${String(life.exitPerMille)} exits, ${String(life.kernelPerMille)} kernel allocations, the others mostly read files`,
      origin: 'ours',
      source: 'sparse processes (a table for a few pages each) beside a page cache that fills the rest',
    },
    {
      what: 'kernel memory at boot',
      value: `${number(bootFrames)} frames`,
      origin: 'ours',
      source: 'it comes first and so lies together; what the kernel takes later goes where there is room',
    },
    {
      what: 'end of the life',
      value: `${String(end.endedPercent)}% of the processes end, ${String(end.droppedPercent)}% of the file pages are dropped`,
      origin: 'ours',
      source: 'so that there is plenty of free memory: what is missing is large blocks',
    },
  ];
}

/** What the models leave out, in sentences. */
export const MEMORY_LIMITS: readonly string[] = [
  'A move of a page is one step here: its migration entry, and who waits for it, are not modelled.',
  'A table that has moved is in limbo until one flush for its whole batch; how that is safe under walks and threads is the workbench’s subject, and the small world beside runs it step by step.',
  'Compaction scans every pageblock, as the last, synchronous try of a fault does; Linux tries cheaper ways before.',
  'Pages that are pinned for I/O do not occur. On a real machine they stay like kernel memory.',
];
