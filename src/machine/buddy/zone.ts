import { at } from '../../lib/at.ts';

/** What frames of a pageblock are for; the number is the place in this list. `isolate`: given to nobody (Linux, mmzone.h). */
export const MIGRATE_TYPES = ['unmovable', 'movable', 'reclaimable', 'isolate'] as const;
export type MigrateType = (typeof MIGRATE_TYPES)[number];

export const UNMOVABLE = 0;
export const MOVABLE = 1;
export const RECLAIMABLE = 2;
export const ISOLATE = 3;

/** What a frame is to the allocator, beside the types it may have been given out as. */
export const USE_FREE = -1;
export const USE_OFFLINE = -2;

/** No frame: the end of a list, and the answer when nothing is free. */
export const NONE = -1;

/** The frames of one node under a buddy allocator. Frames are numbered from 0 within the zone. */
export interface Zone {
  readonly frames: number;
  /** Blocks have orders 0 to orders - 1: 11 on x86-64. */
  readonly orders: number;
  /** Frames are grouped by mobility in pageblocks of this order: 9 on x86-64. */
  readonly blockOrder: number;
  /** By frame: the order of the free block that begins here, else NONE. */
  readonly freeOrder: Int8Array;
  /** By frame: the order of the allocation that begins here, else NONE. */
  readonly heldOrder: Int8Array;
  /** By frame: the migrate type it was given out as, USE_FREE or USE_OFFLINE. */
  readonly use: Int8Array;
  /** By pageblock: its migrate type. */
  readonly blockType: Uint8Array;
  /** Free lists, first in at the end: by frame, and by type and order. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly first: Int32Array;
  readonly count: Int32Array;
}

export interface ZoneSize {
  /** A multiple of a pageblock. */
  readonly frames: number;
  readonly orders: number;
  readonly blockOrder: number;
}

/** A zone whose frames are all free, in movable pageblocks, as after boot. Throws when pageblocks do not fill it. */
export function createZone({ frames, orders, blockOrder }: ZoneSize): Zone {
  const blocks = frames / 2 ** blockOrder;
  if (!Number.isInteger(blocks) || blockOrder >= orders)
    throw new Error(`${String(frames)} frames are not whole pageblocks of order ${String(blockOrder)}`);
  const lists = MIGRATE_TYPES.length * orders;
  const zone: Zone = {
    frames,
    orders,
    blockOrder,
    freeOrder: new Int8Array(frames).fill(NONE),
    heldOrder: new Int8Array(frames).fill(NONE),
    use: new Int8Array(frames).fill(USE_FREE),
    blockType: new Uint8Array(blocks).fill(MOVABLE),
    next: new Int32Array(frames).fill(NONE),
    previous: new Int32Array(frames).fill(NONE),
    first: new Int32Array(lists).fill(NONE),
    count: new Int32Array(lists),
  };
  for (let head = 0; head < frames;) {
    const order = largestAt(zone, head);
    link(zone, head, order);
    head += 2 ** order;
  }
  return zone;
}

/** The largest order of an aligned block that begins at `head` and ends within the zone. */
function largestAt({ frames, orders }: ZoneSize, head: number): number {
  let order = 0;
  while (order + 1 < orders && head % 2 ** (order + 1) === 0 && head + 2 ** (order + 1) <= frames) order++;
  return order;
}

/** The migrate type of the pageblock that holds a frame. */
export function typeAt(zone: Zone, frame: number): number {
  return at(zone.blockType, frame >> zone.blockOrder);
}

/** Puts a free block at the head of the list of its pageblock's type. */
export function link(zone: Zone, head: number, order: number): void {
  const list = typeAt(zone, head) * zone.orders + order;
  const second = at(zone.first, list);
  zone.freeOrder[head] = order;
  zone.next[head] = second;
  zone.previous[head] = NONE;
  if (second !== NONE) zone.previous[second] = head;
  zone.first[list] = head;
  zone.count[list] = at(zone.count, list) + 1;
}

/** Takes a free block off its list; gives its order. The type of its pageblock must be as it was when it was linked. */
export function unlink(zone: Zone, head: number): number {
  const order = at(zone.freeOrder, head);
  const list = typeAt(zone, head) * zone.orders + order;
  const [before, after] = [at(zone.previous, head), at(zone.next, head)];
  if (before === NONE) zone.first[list] = after;
  else zone.next[before] = after;
  if (after !== NONE) zone.previous[after] = before;
  zone.count[list] = at(zone.count, list) - 1;
  zone.freeOrder[head] = NONE;
  return order;
}

/** The free block that holds a frame: its first frame; NONE when the frame is not free. */
export function freeBlockOf(zone: Zone, frame: number): number {
  for (let order = 0; order < zone.orders; order++) {
    const head = frame - (frame % 2 ** order);
    if (zone.freeOrder[head] === order) return head;
  }
  return NONE;
}

/** Free blocks by order; of one migrate type, or of all that may be given out. */
export function freeBlocks(zone: Zone, type?: number): number[] {
  const types = type === undefined ? [UNMOVABLE, MOVABLE, RECLAIMABLE] : [type];
  return Array.from({ length: zone.orders }, (_, order) =>
    types.reduce((sum, one) => sum + at(zone.count, one * zone.orders + order), 0),
  );
}

/** Frames in such blocks. */
export function framesIn(blocks: readonly number[]): number {
  return blocks.reduce((sum, count, order) => sum + count * 2 ** order, 0);
}
