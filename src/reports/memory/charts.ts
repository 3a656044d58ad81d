import type { BarChart, Chart } from '../chart.ts';
import type { DefragReport } from './defrag.ts';
import type { Removal, RemovalId } from './hotremove.ts';

/** Blocks of each order as frames, so that bars of different orders can be compared. */
export function framesByOrder(blocks: readonly number[]): readonly number[] {
  return blocks.map((count, order) => count * 2 ** order);
}

/** Names of the orders that a chart shows. */
export function orderNames(orders: number): readonly string[] {
  return Array.from({ length: orders }, (_, order) => String(order));
}

/** Where the free memory is, before and after both compactions. */
export function defragCharts({
  pinned,
  relocatable,
}: Pick<DefragReport, 'pinned' | 'relocatable'>): readonly Chart[] {
  const chart: BarChart = {
    kind: 'bar',
    id: 'defrag-free-blocks',
    title: 'Free memory by the order of its blocks',
    about: 'The same frames are free before and after. What compaction changes is how large the blocks are.',
    category: 'order',
    categories: orderNames(pinned.before.length),
    y: { title: 'free frames', words: 'number', scale: 'linear' },
    stacked: false,
    series: [
      { name: 'before', values: framesByOrder(pinned.before) },
      { name: 'compaction, tables stay', values: framesByOrder(pinned.after) },
      { name: 'compaction, tables move', values: framesByOrder(relocatable.after) },
    ],
  };
  return [chart];
}

/** What each attempt is called. */
export const REMOVAL_WORDS: Readonly<Record<RemovalId, string>> = {
  'tables-stay': 'tables stay',
  'tables-move': 'tables move',
  'kernel-inside': 'tables move, kernel memory inside',
};

/** What keeps the range, attempt by attempt. */
export function hotremoveCharts(removals: readonly Removal[]): readonly Chart[] {
  const held = (kind: string) =>
    removals.map(({ refusals }) => refusals.filter((one) => one.kind === kind).length);
  const chart: BarChart = {
    kind: 'bar',
    id: 'hotremove-held',
    title: 'Frames that keep the range',
    about: 'A single one is enough: the range goes offline only when all its frames are free.',
    category: 'attempt',
    categories: removals.map(({ id }) => (id === 'kernel-inside' ? 'kernel inside' : REMOVAL_WORDS[id])),
    y: { title: 'frames', words: 'number', scale: 'linear' },
    stacked: true,
    series: [
      { name: 'page tables', values: held('table') },
      { name: 'the kernel’s own', values: held('kernel') },
      {
        name: 'pages without room elsewhere',
        values: removals.map(
          ({ refusals }) => refusals.filter(({ kind }) => kind !== 'table' && kind !== 'kernel').length,
        ),
      },
    ],
  };
  return [chart];
}
