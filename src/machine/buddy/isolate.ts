import { at } from '../../lib/at.ts';
import { release, retype } from './allocate.ts';
import {
  freeBlockOf,
  ISOLATE,
  link,
  MOVABLE,
  NONE,
  unlink,
  USE_FREE,
  USE_OFFLINE,
  type Zone,
} from './zone.ts';

/** Frames [start, end), whole pageblocks. */
export interface BlockRange {
  readonly start: number;
  readonly end: number;
}

function* blocksOf(zone: Zone, { start, end }: BlockRange): Generator<number> {
  const size = 2 ** zone.blockOrder;
  if (start % size !== 0 || end % size !== 0 || start < 0 || end > zone.frames || start >= end)
    throw new Error(`frames ${String(start)} to ${String(end)} are not whole pageblocks of this zone`);
  for (let block = start; block < end; block += size) yield block;
}

/** A free block that is larger than a pageblock is cut, so that each pageblock can have a type of its own. */
function cutAt(zone: Zone, block: number): void {
  for (let head = freeBlockOf(zone, block); head !== NONE; head = freeBlockOf(zone, block)) {
    if (at(zone.freeOrder, head) <= zone.blockOrder) return;
    const order = unlink(zone, head) - 1;
    link(zone, head, order);
    link(zone, head + 2 ** order, order);
  }
}

/** From now on no frame of the range is given out. Gives the types that its pageblocks had. Throws on half pageblocks. */
export function isolate(zone: Zone, range: BlockRange): readonly number[] {
  return [...blocksOf(zone, range)].map((block) => {
    const type = at(zone.blockType, block >> zone.blockOrder);
    cutAt(zone, block);
    retype(zone, block, ISOLATE);
    return type;
  });
}

/** Undoes `isolate`: free frames of the range are given out again, joined with what is free beside them. */
export function undoIsolate(zone: Zone, range: BlockRange, types: readonly number[]): void {
  [...blocksOf(zone, range)].forEach((block, i) => {
    cutAt(zone, block);
    retype(zone, block, at(types, i));
  });
  for (const block of blocksOf(zone, range)) rejoin(zone, block);
}

/** Two free pageblocks that were kept apart by their types may be one block now. */
function rejoin(zone: Zone, block: number): void {
  if (zone.freeOrder[block] !== zone.blockOrder) return;
  zone.heldOrder[block] = unlink(zone, block);
  release(zone, block);
}

/** Takes an isolated range out of use. Gives the frames that are not free: when there are any, nothing is changed. */
export function takeOffline(zone: Zone, range: BlockRange): readonly number[] {
  const blocks = [...blocksOf(zone, range)];
  if (blocks.some((block) => zone.blockType[block >> zone.blockOrder] !== ISOLATE))
    throw new Error('only an isolated range can be taken offline');
  const held: number[] = [];
  for (let frame = range.start; frame < range.end; frame++)
    if (zone.use[frame] !== USE_FREE) held.push(frame);
  if (held.length > 0) return held;
  for (let frame = range.start; frame < range.end; frame++)
    if (zone.freeOrder[frame] !== NONE) unlink(zone, frame);
  zone.use.fill(USE_OFFLINE, range.start, range.end);
  return held;
}

/** Brings an offline range back: free frames in movable pageblocks. Throws when some frame is not offline. */
export function bringOnline(zone: Zone, range: BlockRange): void {
  for (const block of blocksOf(zone, range)) {
    if (zone.use[block] !== USE_OFFLINE) throw new Error(`frame ${String(block)} is not offline`);
    zone.blockType[block >> zone.blockOrder] = MOVABLE;
    zone.heldOrder[block] = zone.blockOrder;
    release(zone, block);
  }
}
