import { at } from '../../../lib/at.ts';
import { freeBlocks, MIGRATE_TYPES, NONE, typeAt, USE_FREE, type Zone } from '../zone.ts';

/** What is wrong with a zone, in words; empty when every frame is in exactly one place. For tests. */
export function zoneComplaints(zone: Zone): string[] {
  return [...coverComplaints(zone), ...listComplaints(zone), ...buddyComplaints(zone)];
}

/** Every frame is in one free block, in one allocation, or offline. */
function coverComplaints(zone: Zone): string[] {
  const complaints: string[] = [];
  const covered = new Uint8Array(zone.frames);
  for (let head = 0; head < zone.frames; head++)
    for (const [orders, isFree] of [
      [zone.freeOrder, true],
      [zone.heldOrder, false],
    ] as const) {
      const order = at(orders, head);
      if (order === NONE) continue;
      if (head % 2 ** order !== 0) complaints.push(`block ${head} of order ${order} is not aligned`);
      for (let frame = head; frame < head + 2 ** order; frame++) {
        covered[frame] = at(covered, frame) + 1;
        if ((zone.use[frame] === USE_FREE) !== isFree) complaints.push(`frame ${frame} is used and free`);
      }
    }
  for (let frame = 0; frame < zone.frames; frame++) {
    const wanted = at(zone.use, frame) < USE_FREE ? 0 : 1;
    if (covered[frame] !== wanted) complaints.push(`frame ${frame} is in ${at(covered, frame)} blocks`);
  }
  return complaints;
}

/** Each list holds what its count says, linked both ways, of its order and type. */
function listComplaints(zone: Zone): string[] {
  const complaints: string[] = [];
  let linked = 0;
  for (let list = 0; list < MIGRATE_TYPES.length * zone.orders; list++) {
    let length = 0;
    let before = NONE;
    for (let head = at(zone.first, list); head !== NONE; head = at(zone.next, head)) {
      const place = typeAt(zone, head) * zone.orders + at(zone.freeOrder, head);
      const last = head + 2 ** at(zone.freeOrder, head) - 1;
      if (place !== list || typeAt(zone, last) !== typeAt(zone, head))
        complaints.push(`block ${head} is on the wrong list`);
      if (zone.previous[head] !== before) complaints.push(`block ${head} is linked one way only`);
      before = head;
      length++;
    }
    if (length !== zone.count[list]) complaints.push(`list ${list} miscounts`);
    linked += length;
  }
  const heads = zone.freeOrder.reduce((sum, order) => sum + (order === NONE ? 0 : 1), 0);
  if (heads !== linked) complaints.push(`${heads} free blocks, ${linked} of them on lists`);
  return complaints;
}

/** No two free buddies that may be one block are two; isolated pageblocks were cut apart on purpose. */
function buddyComplaints(zone: Zone): string[] {
  const complaints: string[] = [];
  const isolated = (head: number): boolean => typeAt(zone, head) === 3;
  for (let head = 0; head < zone.frames; head++) {
    const order = at(zone.freeOrder, head);
    const buddy = head ^ (2 ** order);
    if (order === NONE || order + 1 >= zone.orders || buddy >= zone.frames) continue;
    if (zone.freeOrder[buddy] !== order || isolated(head) !== isolated(buddy)) continue;
    if (isolated(head) && order >= zone.blockOrder) continue;
    complaints.push(`blocks ${head} and ${buddy} are free buddies that were not joined`);
  }
  return complaints;
}

/** Frames on free lists, isolated ones included. */
export function freeFrames(zone: Zone): number {
  return MIGRATE_TYPES.reduce(
    (sum, _, type) => sum + freeBlocks(zone, type).reduce((frames, n, order) => frames + n * 2 ** order, 0),
    0,
  );
}
