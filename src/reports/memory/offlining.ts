import { NONE } from '../../machine/buddy/zone.ts';
import { type BlockRange, isolate, takeOffline, undoIsolate } from '../../machine/buddy/isolate.ts';
import { type Life, reclaim, touch } from './life.ts';
import type { MapKind } from './map-kinds.ts';
import { type Memory, nodeOf, nodesFrom, note, NOTHING, reserve, setKind, zoneOf } from './memory.ts';
import { canLeave, flushLimbo, kindAt, moveFrame } from './moving.ts';

/** Why one frame keeps a range from being removed. */
export interface Refusal {
  readonly frame: number;
  readonly kind: MapKind;
  readonly why: string;
}

export interface OfflineCounts {
  pagesMoved: number;
  tablesMoved: number;
  flushes: number;
}

export interface Offlining {
  readonly removed: boolean;
  /** Frame by frame; empty when the range was removed. */
  readonly refusals: readonly Refusal[];
  readonly counts: OfflineCounts;
}

export interface OfflineWish {
  /** Frames of one node, whole pageblocks, numbered through all nodes. */
  readonly range: BlockRange;
  readonly relocatable: boolean;
  /** What the threads do after each batch: so many writes. */
  readonly writesPerBatch: number;
}

/** Frames between two turns of the threads; tables of a batch share a flush. */
const BATCH = 32;

/**
 * Takes a range of frames out of use, as offline_pages does (Linux, mm/memory_hotplug.c, in outline): nothing new is put
 * there, what can leave is moved out, and only when every frame is free the range goes offline. Else it stays in use, and
 * what was moved stays where it is. Threads write and fault all the while.
 */
export function offline(life: Life, wish: OfflineWish): Offlining {
  const { memory } = life;
  const { range } = wish;
  const zone = zoneOf(memory, range.start);
  const first = nodeOf(memory, range.start) * memory.framesPerNode;
  const inZone = { start: range.start - first, end: range.end - first };
  note(memory, { op: 'isolate', frame: range.start, to: range.end });
  const types = isolate(zone, inZone);
  const counts = moveOut(life, wish);
  const held = takeOffline(zone, inZone).map((frame) => first + frame);
  if (held.length > 0) {
    undoIsolate(zone, inZone, types);
    note(memory, { op: 'refuse', frame: range.start, to: NOTHING });
    return { removed: false, refusals: held.map((frame) => refusalOf(memory, frame, wish)), counts };
  }
  note(memory, { op: 'offline', frame: range.start, to: range.end });
  for (let frame = range.start; frame < range.end; frame++) setKind(memory, frame, 'offline');
  return { removed: true, refusals: [], counts };
}

function moveOut(life: Life, { range, relocatable, writesPerBatch }: OfflineWish): OfflineCounts {
  const { memory } = life;
  const counts: OfflineCounts = { pagesMoved: 0, tablesMoved: 0, flushes: 0 };
  for (let frame = range.start; frame < range.end; frame++) {
    if (canLeave(memory, frame, relocatable)) moveAway(life, frame, counts);
    if ((frame + 1) % BATCH !== 0 && frame + 1 < range.end) continue;
    for (let i = 0; i < writesPerBatch; i++) touch(life);
    if (flushLimbo(memory) > 0) counts.flushes++;
  }
  return counts;
}

/** Moves one frame's content to any node that has room; file pages are dropped when there is none. */
function moveAway(life: Life, frame: number, counts: OfflineCounts): void {
  const { memory } = life;
  const kind = kindAt(memory, frame);
  const away = nodesFrom(memory, (nodeOf(memory, frame) + 1) % memory.nodes.length);
  let to = reserve(memory, kind, away);
  if (to === NONE) {
    reclaim(life, 16);
    // It may have been this very page that was dropped.
    if (kindAt(memory, frame) === 'free') return;
    to = reserve(memory, kind, away);
  }
  if (to === NONE) return;
  if (kind === 'table') counts.tablesMoved++;
  else counts.pagesMoved++;
  moveFrame(memory, frame, to);
}

const LEVELS = ['PGD', 'PUD', 'PMD', 'PTE table'];

function refusalOf(memory: Memory, frame: number, { relocatable }: OfflineWish): Refusal {
  const kind = kindAt(memory, frame);
  return { frame, kind, why: whyHeld(memory, frame, relocatable) };
}

function whyHeld({ tables, tableAt, pageAt }: Memory, frame: number, relocatable: boolean): string {
  const table = tables[tableAt[frame] ?? NOTHING];
  if (table !== undefined) {
    const whose = `${LEVELS[table.level] ?? 'table'} of process ${String(table.process)}`;
    return relocatable
      ? `${whose}: no other node has a free frame for it`
      : `${whose}: walks and threads hold its address, and nothing here can move it under them`;
  }
  if (pageAt[frame] !== NOTHING) return 'a page that could move, but no other node has a free frame for it';
  return 'the kernel’s own memory: it is used by address, and nobody knows from where';
}
