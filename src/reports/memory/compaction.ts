import { at } from '../../lib/at.ts';
import { hasBlock } from '../../machine/buddy/allocate.ts';
import { freeBlockOf, MOVABLE, NONE, typeAt, USE_FREE, type Zone } from '../../machine/buddy/zone.ts';
import { type Memory, reserveAt } from './memory.ts';
import { canLeave, flushLimbo, kindAt, moveFrame } from './moving.ts';

export interface CompactionWish {
  readonly node: number;
  /** Whether page tables can be moved, too. */
  readonly relocatable: boolean;
  /** Stop as soon as a block of this order is free; null: go on until the scanners meet. */
  readonly untilOrder: number | null;
}

export interface CompactionCounts {
  pagesMoved: number;
  tablesMoved: number;
  flushes: number;
  /** Frames in scanned pageblocks that could not leave. */
  stuck: number;
}

/**
 * Two scanners, as in Linux (mm/compaction.c, in outline): one goes up and empties pageblock after pageblock, one comes
 * down and finds free frames in movable pageblocks for what has to leave. Where they meet it ends. Tables that moved out
 * of a pageblock share one flush; before it their old frames are not free.
 */
export function compact(memory: Memory, wish: CompactionWish): CompactionCounts {
  const counts: CompactionCounts = { pagesMoved: 0, tablesMoved: 0, flushes: 0, stuck: 0 };
  const zone = at(memory.nodes, wish.node);
  const size = 2 ** zone.blockOrder;
  const base = wish.node * memory.framesPerNode;
  const scanner: FreeScanner = { zone, next: zone.frames - 1 };
  for (let block = 0; block + size <= scanner.next; block += size) {
    if (wish.untilOrder !== null && hasBlock(zone, wish.untilOrder)) break;
    emptyBlock(memory, wish, { base, block, scanner, counts });
    if (flushLimbo(memory) > 0) counts.flushes++;
  }
  return counts;
}

interface Emptying {
  /** First frame of the node, and of the pageblock within it. */
  readonly base: number;
  readonly block: number;
  readonly scanner: FreeScanner;
  readonly counts: CompactionCounts;
}

function emptyBlock(memory: Memory, { relocatable }: CompactionWish, emptying: Emptying): void {
  const { base, block, scanner, counts } = emptying;
  const { zone } = scanner;
  const end = block + 2 ** zone.blockOrder;
  for (let frame = block; frame < end; frame++) {
    if (zone.use[frame] === USE_FREE) continue;
    if (!canLeave(memory, base + frame, relocatable)) {
      counts.stuck++;
      continue;
    }
    const to = nextFree(scanner, end);
    if (to === NONE) return;
    if (memory.tableAt[base + frame] === -1) counts.pagesMoved++;
    else counts.tablesMoved++;
    reserveAt(memory, kindAt(memory, base + frame), base + to);
    moveFrame(memory, base + frame, base + to);
  }
}

/** Where the free scanner stands: the next frame it will look at, downwards. */
interface FreeScanner {
  readonly zone: Zone;
  next: number;
}

/** The next free frame at or above `least`; NONE when the scanners have met. Pageblocks that are free as a whole are left so. */
function nextFree(scanner: FreeScanner, least: number): number {
  const { zone } = scanner;
  while (scanner.next >= least) {
    const frame = scanner.next;
    const start = frame - (frame % 2 ** zone.blockOrder);
    if (frame % 2 ** zone.blockOrder === 2 ** zone.blockOrder - 1 && !isTarget(zone, start)) {
      scanner.next = start - 1;
      continue;
    }
    scanner.next--;
    if (zone.use[frame] === USE_FREE) return frame;
  }
  return NONE;
}

function isTarget(zone: Zone, start: number): boolean {
  if (typeAt(zone, start) !== MOVABLE) return false;
  const free = freeBlockOf(zone, start);
  return free === NONE || at(zone.freeOrder, free) < zone.blockOrder;
}
