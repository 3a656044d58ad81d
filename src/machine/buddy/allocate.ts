import { at } from '../../lib/at.ts';
import {
  freeBlockOf,
  link,
  MOVABLE,
  NONE,
  RECLAIMABLE,
  typeAt,
  unlink,
  UNMOVABLE,
  USE_FREE,
  type Zone,
} from './zone.ts';

/** Whose free blocks a type takes when it has none, in this order (Linux, mm/page_alloc.c, fallbacks[]). */
const FALLBACKS: readonly (readonly number[])[] = [
  [RECLAIMABLE, MOVABLE],
  [RECLAIMABLE, UNMOVABLE],
  [UNMOVABLE, MOVABLE],
];

export interface Wanted {
  readonly order: number;
  /** UNMOVABLE, MOVABLE or RECLAIMABLE. */
  readonly type: number;
}

/**
 * Gives out a block of frames; its first one, or NONE when no block is large enough. In outline as Linux 6.18 does it: the
 * smallest block of the wanted type; else a pageblock of another type is claimed, largest blocks first, when half of it
 * or more is free or in use for the like; else the smallest block of another type is taken and its pageblock stays what it is.
 */
export function allocate(zone: Zone, wanted: Wanted): number {
  const own = takeSmallest(zone, wanted);
  if (own !== NONE) return own;
  const claimed = claim(zone, wanted);
  return claimed !== NONE ? claimed : steal(zone, wanted);
}

function takeSmallest(zone: Zone, wanted: Wanted): number {
  for (let order = wanted.order; order < zone.orders; order++) {
    const head = at(zone.first, wanted.type * zone.orders + order);
    if (head !== NONE) return take(zone, head, wanted);
  }
  return NONE;
}

/** Gives out the first frames of a free block; what is left over goes back to the lists, in halves. */
function take(zone: Zone, head: number, { order, type }: Wanted): number {
  for (let high = unlink(zone, head); high > order; high--) link(zone, head + 2 ** (high - 1), high - 1);
  hold(zone, head, { order, type });
  return head;
}

function hold(zone: Zone, head: number, { order, type }: Wanted): void {
  zone.heldOrder[head] = order;
  zone.use.fill(type, head, head + 2 ** order);
}

/** From half a pageblock's order on a fallback may claim; kernel memory always, so that it stays together. */
function mayClaim({ blockOrder }: Zone, order: number, type: number): boolean {
  return order >= blockOrder / 2 || type === UNMOVABLE || type === RECLAIMABLE;
}

function claim(zone: Zone, wanted: Wanted): number {
  for (let order = zone.orders - 1; order >= wanted.order; order--) {
    if (!mayClaim(zone, order, wanted.type)) return NONE;
    for (const other of at(FALLBACKS, wanted.type)) {
      const head = at(zone.first, other * zone.orders + order);
      if (head === NONE) continue;
      if (!claimBlocks(zone, head, wanted.type)) break;
      return takeSmallest(zone, wanted);
    }
  }
  return NONE;
}

/** Gives the pageblocks of a free block to a type, if enough of them is free or alike. False when not. */
function claimBlocks(zone: Zone, head: number, type: number): boolean {
  const order = at(zone.freeOrder, head);
  const blockFrames = 2 ** zone.blockOrder;
  if (order < zone.blockOrder) {
    const start = head - (head % blockFrames);
    if (freeAndAlike(zone, start, type) < blockFrames / 2) return false;
    retype(zone, start, type);
    return true;
  }
  unlink(zone, head);
  zone.blockType.fill(type, head >> zone.blockOrder, (head + 2 ** order) >> zone.blockOrder);
  link(zone, head, order);
  return true;
}

/** Frames of a pageblock that are free, or in use for what the type stands for: movable, or not movable. */
function freeAndAlike(zone: Zone, start: number, type: number): number {
  let frames = 0;
  for (let frame = start; frame < start + 2 ** zone.blockOrder; frame++) {
    const use = at(zone.use, frame);
    if (use === USE_FREE || (use >= 0 && (use === MOVABLE) === (type === MOVABLE))) frames++;
  }
  return frames;
}

/** Changes the type of the pageblock at `start`; its free blocks, none larger than it, move to the lists of that type. */
export function retype(zone: Zone, start: number, type: number): void {
  const heads: (readonly [head: number, order: number])[] = [];
  for (let frame = start; frame < start + 2 ** zone.blockOrder; frame++)
    if (zone.freeOrder[frame] !== NONE) heads.push([frame, unlink(zone, frame)]);
  zone.blockType[start >> zone.blockOrder] = type;
  for (const [head, order] of heads) link(zone, head, order);
}

function steal(zone: Zone, wanted: Wanted): number {
  for (let order = wanted.order; order < zone.orders; order++)
    for (const other of at(FALLBACKS, wanted.type)) {
      const head = at(zone.first, other * zone.orders + order);
      if (head !== NONE) return take(zone, head, wanted);
    }
  return NONE;
}

/** Gives out one given frame, as a destination that a scanner chose. Throws when it is not free. */
export function allocateAt(zone: Zone, frame: number, type: number): void {
  let head = freeBlockOf(zone, frame);
  if (head === NONE) throw new Error(`frame ${String(frame)} is not free`);
  for (let order = unlink(zone, head) - 1; order >= 0; order--) {
    const half = head + 2 ** order;
    link(zone, frame < half ? half : head, order);
    if (frame >= half) head = half;
  }
  hold(zone, frame, { order: 0, type });
}

/** Whether a block of this order could be given out to anybody now, whatever its type. */
export function hasBlock(zone: Zone, order: number): boolean {
  for (let high = order; high < zone.orders; high++)
    for (const type of [UNMOVABLE, MOVABLE, RECLAIMABLE])
      if (zone.first[type * zone.orders + high] !== NONE) return true;
  return false;
}

/** Takes back what was given out at `head`, and joins it with its free buddies. Throws when nothing was. */
export function release(zone: Zone, head: number): void {
  let order = at(zone.heldOrder, head);
  if (order === NONE) throw new Error(`nothing was given out at frame ${String(head)}`);
  zone.heldOrder[head] = NONE;
  zone.use.fill(USE_FREE, head, head + 2 ** order);
  let block = head;
  while (order + 1 < zone.orders) {
    const buddy = block ^ (2 ** order);
    if (zone.freeOrder[buddy] !== order || !mayJoin(zone, { block, buddy, order })) break;
    unlink(zone, buddy);
    if (order >= zone.blockOrder)
      zone.blockType.fill(
        typeAt(zone, block),
        buddy >> zone.blockOrder,
        (buddy + 2 ** order) >> zone.blockOrder,
      );
    block = Math.min(block, buddy);
    order++;
  }
  link(zone, block, order);
}

interface Buddies {
  readonly block: number;
  readonly buddy: number;
  readonly order: number;
}

/** Pageblocks of different types join, and are of one type then; an isolated one joins only its like. */
function mayJoin(zone: Zone, { block, buddy, order }: Buddies): boolean {
  if (order < zone.blockOrder) return true;
  const [own, other] = [typeAt(zone, block), typeAt(zone, buddy)];
  return own === other || (own <= RECLAIMABLE && other <= RECLAIMABLE);
}
