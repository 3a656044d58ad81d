import { at } from '../../lib/at.ts';
import { MAP_KINDS, type MapKind } from '../memory/map-kinds.ts';
import type { MachineZone } from './machine.ts';
import { isMovable } from './page-flags.ts';

/** What is assumed about frames whose kind alone does not say it. */
export interface Reach {
  /** Page tables move like pages. */
  readonly tablesMove: boolean;
  /** Frames without a flag are in use and stay, or are not in use. */
  readonly unflagged: 'pinned' | 'free';
}

/** What a compactor finds in a frame. */
const PINNED = 0;
const MOVES = 1;
const FREE = 2;

function roleOf(kind: MapKind, { tablesMove, unflagged }: Reach): number {
  if (kind === 'free' || (kind === 'unflagged' && unflagged === 'free')) return FREE;
  return isMovable(kind) || (kind === 'table' && tablesMove) ? MOVES : PINNED;
}

/**
 * Free blocks by order that a perfect compaction of a zone could reach. All that is not pinned is cut into the largest aligned
 * blocks; what moves is packed into the smallest of them. Nothing that moves the same frames within the zone can leave more
 * memory free in blocks of any order or larger; what Linux's scanners reach is less. Free frames are neither won nor lost.
 */
export function reachableBlocks(map: Uint8Array, zone: MachineZone, reach: Reach): number[] {
  const roles = Uint8Array.from(MAP_KINDS, (kind) => roleOf(kind, reach));
  const orders = zone.free.length;
  const blocks = new Array<number>(orders).fill(0);
  const end = Math.min(map.length, zone.startPfn + zone.spanned);
  let movable = 0;
  let run = zone.startPfn;
  for (let pfn = zone.startPfn; pfn <= end; pfn++) {
    const role = pfn < end ? at(roles, at(map, pfn)) : PINNED;
    if (role === MOVES) movable++;
    if (role !== PINNED) continue;
    cutIntoBlocks([run, pfn], blocks);
    run = pfn + 1;
  }
  return pack(blocks, movable);
}

/** Adds the largest aligned blocks that frames [start, end) consist of. */
export function cutIntoBlocks([start, end]: readonly [number, number], blocks: number[]): void {
  for (let pfn = start; pfn < end;) {
    let order = 0;
    while (order + 1 < blocks.length && pfn % 2 ** (order + 1) === 0 && pfn + 2 ** (order + 1) <= end)
      order++;
    blocks[order] = (blocks[order] ?? 0) + 1;
    pfn += 2 ** order;
  }
}

/** Takes so many frames out of the smallest blocks. */
function pack(blocks: number[], frames: number): number[] {
  let left = frames;
  for (let order = 0; order < blocks.length && left > 0; order++) {
    const size = 2 ** order;
    const filled = Math.min(at(blocks, order), Math.floor(left / size));
    blocks[order] = at(blocks, order) - filled;
    left -= filled * size;
    if (at(blocks, order) === 0 || left === 0) continue;
    blocks[order] = at(blocks, order) - 1;
    // The smaller orders are all used up by now: what remains of this block is its own binary digits.
    for (let part = 0; part < order; part++)
      blocks[part] = at(blocks, part) + (Math.floor((size - left) / 2 ** part) % 2);
    left = 0;
  }
  return blocks;
}

/** Free blocks as the frames themselves show them: neighbours on free lists are joined as the allocator would have. */
export function blocksOfFreeFrames(map: Uint8Array, zone: MachineZone): number[] {
  const blocks = new Array<number>(zone.free.length).fill(0);
  const free = MAP_KINDS.indexOf('free');
  const end = Math.min(map.length, zone.startPfn + zone.spanned);
  let run = -1;
  for (let pfn = zone.startPfn; pfn <= end; pfn++) {
    const isFree = pfn < end && map[pfn] === free;
    if (isFree && run < 0) run = pfn;
    if (isFree || run < 0) continue;
    cutIntoBlocks([run, pfn], blocks);
    run = -1;
  }
  return blocks;
}

/** Sums by order over zones. */
export function sumBlocks(lists: readonly (readonly number[])[]): number[] {
  const orders = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: orders }, (_, order) =>
    lists.reduce((sum, list) => sum + (list[order] ?? 0), 0),
  );
}

/** Pageblocks of a machine that hold page tables, and those that hold nothing else that stays: what moving tables can win. */
export interface TableBlocks {
  readonly withTables: number;
  /** Frames without a flag taken as in use, and (High) as not in use. */
  readonly onlyTables: number;
  readonly onlyTablesHigh: number;
}

export function tableBlocks(map: Uint8Array, blockFrames: number): TableBlocks {
  const [table, silent] = [MAP_KINDS.indexOf('table'), MAP_KINDS.indexOf('unflagged')];
  const pins = Uint8Array.from(MAP_KINDS, (kind) =>
    roleOf(kind, { tablesMove: true, unflagged: 'free' }) === PINNED ? 1 : 0,
  );
  let [withTables, onlyTables, onlyTablesHigh] = [0, 0, 0];
  for (let start = 0; start < map.length; start += blockFrames) {
    const block = map.subarray(start, start + blockFrames);
    if (!block.includes(table)) continue;
    withTables++;
    if (block.some((kind) => pins[kind] === 1)) continue;
    onlyTablesHigh++;
    if (!block.includes(silent)) onlyTables++;
  }
  return { withTables, onlyTables, onlyTablesHigh };
}
