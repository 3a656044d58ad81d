import { at } from '../../../lib/at.ts';

interface Block {
  readonly head: number;
  readonly order: number;
}

/**
 * The same rules as the allocator's, told as plainly as can be: one list of free blocks, oldest first, searched from end to
 * end for every question. For tests.
 */
export interface NaiveZone {
  readonly orders: number;
  readonly blockOrder: number;
  readonly frames: number;
  free: Block[];
  readonly held: Map<number, Block & { readonly type: number }>;
  readonly types: number[];
}

const FALLBACKS = [
  [2, 1],
  [2, 0],
  [0, 1],
];

export function naiveZone(size: { frames: number; orders: number; blockOrder: number }): NaiveZone {
  const { frames, orders, blockOrder } = size;
  const zone: NaiveZone = { ...size, free: [], held: new Map(), types: [] };
  zone.types.push(...Array.from({ length: frames >> blockOrder }, () => 1));
  const largest = 2 ** (orders - 1);
  if (frames % largest !== 0) throw new Error('the naive zone is made of whole largest blocks');
  for (let head = 0; head < frames; head += largest) zone.free.push({ head, order: orders - 1 });
  return zone;
}

const typeOf = (zone: NaiveZone, head: number): number => at(zone.types, head >> zone.blockOrder);

function newest(zone: NaiveZone, type: number, order: number): Block | undefined {
  return zone.free.findLast((block) => block.order === order && typeOf(zone, block.head) === type);
}

function without(zone: NaiveZone, block: Block): void {
  zone.free = zone.free.filter((one) => one !== block);
}

function carve(zone: NaiveZone, block: Block, wanted: { order: number; type: number }): number {
  without(zone, block);
  for (let order = block.order - 1; order >= wanted.order; order--)
    zone.free.push({ head: block.head + 2 ** order, order });
  zone.held.set(block.head, { head: block.head, ...wanted });
  return block.head;
}

function ownBlock(zone: NaiveZone, wanted: { order: number; type: number }): number | null {
  for (let order = wanted.order; order < zone.orders; order++) {
    const block = newest(zone, wanted.type, order);
    if (block !== undefined) return carve(zone, block, wanted);
  }
  return null;
}

function alike(zone: NaiveZone, start: number, type: number): number {
  const end = start + 2 ** zone.blockOrder;
  const inside = ({ head, order }: Block): number =>
    Math.max(0, Math.min(end, head + 2 ** order) - Math.max(start, head));
  const free = zone.free.reduce((sum, block) => sum + inside(block), 0);
  const like = [...zone.held.values()].filter((one) => (one.type === 1) === (type === 1));
  return free + like.reduce((sum, block) => sum + inside(block), 0);
}

function claimed(zone: NaiveZone, block: Block, type: number): boolean {
  const start = block.head - (block.head % 2 ** zone.blockOrder);
  const length = Math.max(2 ** block.order, 2 ** zone.blockOrder);
  if (block.order < zone.blockOrder && alike(zone, start, type) * 2 < length) return false;
  const moved = zone.free
    .filter(({ head }) => head >= start && head < start + length)
    .sort((a, b) => a.head - b.head);
  zone.free = [...zone.free.filter((one) => !moved.includes(one)), ...moved];
  zone.types.fill(type, start >> zone.blockOrder, (start + length) >> zone.blockOrder);
  return true;
}

export function naiveAllocate(zone: NaiveZone, wanted: { order: number; type: number }): number {
  const own = ownBlock(zone, wanted);
  if (own !== null) return own;
  for (let order = zone.orders - 1; order >= wanted.order; order--) {
    if (order < zone.blockOrder / 2 && wanted.type === 1) break;
    const block = at(FALLBACKS, wanted.type)
      .map((type) => newest(zone, type, order))
      .find((one) => one !== undefined);
    if (block !== undefined && claimed(zone, block, wanted.type)) return ownBlock(zone, wanted) ?? -1;
  }
  for (let order = wanted.order; order < zone.orders; order++)
    for (const type of at(FALLBACKS, wanted.type)) {
      const block = newest(zone, type, order);
      if (block !== undefined) return carve(zone, block, wanted);
    }
  return -1;
}

export function naiveRelease(zone: NaiveZone, head: number): void {
  const given = zone.held.get(head);
  if (given === undefined) throw new Error('nothing to take back');
  zone.held.delete(head);
  let block: Block = { head, order: given.order };
  for (let order = given.order; order + 1 < zone.orders; order++) {
    const other =
      Math.floor(block.head / 2 ** order) % 2 === 0 ? block.head + 2 ** order : block.head - 2 ** order;
    const buddy = zone.free.find((one) => one.head === other && one.order === order);
    if (buddy === undefined) break;
    if (order >= zone.blockOrder && (typeOf(zone, other) === 3) !== (typeOf(zone, block.head) === 3)) break;
    const type = typeOf(zone, block.head);
    without(zone, buddy);
    if (order >= zone.blockOrder)
      zone.types.fill(type, other >> zone.blockOrder, (other + 2 ** order) >> zone.blockOrder);
    block = { head: Math.min(block.head, other), order: order + 1 };
  }
  zone.free.push(block);
}

export function naiveFreeBlocks(zone: NaiveZone, type: number): number[] {
  return Array.from(
    { length: zone.orders },
    (_, order) =>
      zone.free.filter((block) => block.order === order && typeOf(zone, block.head) === type).length,
  );
}
