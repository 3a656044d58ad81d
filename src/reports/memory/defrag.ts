import type { Assumption } from '../assumption.ts';
import type { Chart } from '../chart.ts';
import { at } from '../../lib/at.ts';
import { allocate } from '../../machine/buddy/allocate.ts';
import { freeBlocks, MOVABLE, NONE } from '../../machine/buddy/zone.ts';
import { MEMORY_LIMITS, memoryAssumptions } from './assumptions.ts';
import { defragCharts } from './charts.ts';
import { compact, type CompactionCounts } from './compaction.ts';
import type { LifeCounts } from './life.ts';
import { countKinds, MAP_KINDS, mapKindNumber } from './map-kinds.ts';
import { type Memory, note, NOTHING, setKind } from './memory.ts';
import { type Recording, startRecording } from './recording.ts';
import { DEFRAG_WORLD, liveLife, type WorldPlan } from './worlds.ts';

export interface DefragOptions {
  readonly seed: number;
  readonly plan?: WorldPlan;
  /** Compact until a huge page can be had, as a fault would; or everything, as /proc/sys/vm/compact_memory asks. */
  readonly until: 'huge-page' | 'scanners-meet';
}

/** What asking for a huge page came to, with one kind of compaction. */
export interface DefragRun {
  readonly relocatable: boolean;
  /** Free blocks by order, before and after compaction, with the huge page not yet taken. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly counts: CompactionCounts;
  /** First frame of the huge page that was mapped; null when there was no block for one. */
  readonly hugeFrame: number | null;
  readonly recording: Recording;
}

export interface DefragReport {
  readonly seed: number;
  readonly frames: number;
  readonly hugeOrder: number;
  readonly life: LifeCounts;
  /** Frames by kind after the life. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Pageblocks, and how many of them hold a table, the kernel's own memory, or neither. */
  readonly blocks: BlockCounts;
  /** Whether a huge page could be had with no compaction at all. */
  readonly atOnce: boolean;
  readonly pinned: DefragRun;
  readonly relocatable: DefragRun;
  readonly charts: readonly Chart[];
  readonly assumptions: readonly Assumption[];
  readonly limits: readonly string[];
}

export interface BlockCounts {
  readonly all: number;
  readonly withTables: number;
  readonly withKernel: number;
  readonly withNeither: number;
}

/** A life of allocations, then the wish for a huge page: compacted without, and with, tables that can move. */
export function defrag(
  { seed, plan = DEFRAG_WORLD, until }: DefragOptions,
  tell: (share: number) => void = () => undefined,
): DefragReport {
  const { memory, done } = liveLife(plan, seed);
  tell(0.7);
  const order = plan.size.blockOrder;
  const free = freeBlocks(at(memory.nodes, 0));
  const run = (relocatable: boolean): DefragRun =>
    defragRun(structuredClone(memory), { relocatable, order, until });
  const runs = { pinned: run(false), relocatable: run(true) };
  return {
    seed,
    frames: memory.map.length,
    hugeOrder: order,
    life: done,
    kinds: namedKinds(memory.map),
    blocks: countBlocks(memory),
    atOnce: free.slice(order).some((count) => count > 0),
    ...runs,
    charts: defragCharts(runs),
    assumptions: memoryAssumptions(plan),
    limits: MEMORY_LIMITS,
  };
}

interface RunOptions {
  readonly relocatable: boolean;
  readonly order: number;
  readonly until: DefragOptions['until'];
}

function defragRun(memory: Memory, { relocatable, order, until }: RunOptions): DefragRun {
  const zone = at(memory.nodes, 0);
  const before = freeBlocks(zone);
  memory.recorder = startRecording(memory.map);
  const untilOrder = until === 'huge-page' ? order : null;
  const counts = compact(memory, { node: 0, relocatable, untilOrder });
  const after = freeBlocks(zone);
  return {
    relocatable,
    before,
    after,
    counts,
    hugeFrame: mapHuge(memory, order),
    recording: memory.recorder,
  };
}

/** Allocates the huge page, and maps it. */
function mapHuge(memory: Memory, order: number): number | null {
  const head = allocate(at(memory.nodes, 0), { order, type: MOVABLE });
  note(memory, { op: head === NONE ? 'refuse' : 'map-huge', frame: head, to: NOTHING });
  if (head === NONE) return null;
  for (let frame = head; frame < head + 2 ** order; frame++) setKind(memory, frame, 'huge');
  return head;
}

/** Frames by the name of their kind, those that there are none of left out. */
export function namedKinds(map: Uint8Array): Record<string, number> {
  const counts = countKinds(map);
  return Object.fromEntries(
    MAP_KINDS.map((kind, number) => [kind, counts[number] ?? 0] as const).filter(([, count]) => count > 0),
  );
}

function countBlocks({ map, nodes }: Memory): BlockCounts {
  const size = 2 ** at(nodes, 0).blockOrder;
  const [table, kernel] = [mapKindNumber('table'), mapKindNumber('kernel')];
  const blocks = Array.from({ length: map.length / size }, (_, i) => map.subarray(i * size, (i + 1) * size));
  return {
    all: blocks.length,
    withTables: blocks.filter((block) => block.includes(table)).length,
    withKernel: blocks.filter((block) => block.includes(kernel)).length,
    withNeither: blocks.filter((block) => !block.includes(table) && !block.includes(kernel)).length,
  };
}
