import { at } from '../lib/at.ts';

/**
 * States that wait to be expanded: an id and the packed words of each, in blocks. Blocks that were read are written again, so that two
 * levels of a search take little more than the larger one.
 */
export interface Frontier {
  /** Numbers for each state: its id, then its words. */
  readonly stride: number;
  now: Int32Array[];
  next: Int32Array[];
  readonly free: Int32Array[];
  /** States in each, and how many of `now` were taken. */
  nowCount: number;
  nextCount: number;
  taken: number;
  /** Blocks that there are. */
  blocks: number;
}

const BITS = 9;
/** States of a block. */
const BLOCK = 1 << BITS;

export function createFrontier(words: number): Frontier {
  return {
    stride: words + 1,
    now: [],
    next: [],
    free: [],
    nowCount: 0,
    nextCount: 0,
    taken: 0,
    blocks: 0,
  };
}

/** The block where the next state of the next level goes, at `placeToFill`. */
export function blockToFill(frontier: Frontier): Int32Array {
  return frontier.next[frontier.nextCount >>> BITS] ?? addBlock(frontier);
}

/** Where in its block a state of the next level goes: its id, and after it its words. Counts it as added. */
export function placeToFill(frontier: Frontier): number {
  return (frontier.nextCount++ & (BLOCK - 1)) * frontier.stride;
}

/** Adds a state to the next level: its words are at `from[p ...]`. */
export function pushState(frontier: Frontier, id: number, from: Int32Array, p: number): void {
  const block = blockToFill(frontier);
  const place = placeToFill(frontier);
  block[place] = id;
  for (let w = 1; w < frontier.stride; w++) block[place + w] = from[p + w - 1] ?? 0;
}

function addBlock(frontier: Frontier): Int32Array {
  let block = frontier.free.pop();
  if (block === undefined) {
    frontier.blocks += 1;
    block = new Int32Array(frontier.stride * BLOCK);
  }
  frontier.next.push(block);
  return block;
}

/** The block of the next state that waits at this level, or null when there is none: it stands at `placeOf(taken)`. */
export function blockOfNext(frontier: Frontier): Int32Array | null {
  return frontier.taken < frontier.nowCount ? (frontier.now[frontier.taken >>> BITS] ?? null) : null;
}

/** Where in its block the next state stands: its id, and after it its words. Counts it as taken. */
export function takeNext(frontier: Frontier): number {
  const i = frontier.taken++;
  const place = (i & (BLOCK - 1)) * frontier.stride;
  // The block before this one was read to its end.
  if (place === 0 && i > 0) frontier.free.push(at(frontier.now, (i >>> BITS) - 1));
  return place;
}

/** Goes on to the next level. False when nothing waits there. */
export function nextLevel(frontier: Frontier): boolean {
  if (frontier.nextCount === 0) return false;
  const last = frontier.now.at(-1);
  if (last !== undefined) frontier.free.push(last);
  frontier.now = frontier.next;
  frontier.nowCount = frontier.nextCount;
  frontier.next = [];
  [frontier.nextCount, frontier.taken] = [0, 0];
  return true;
}

/** States that wait, of both levels. */
export function waiting({ nowCount, taken, nextCount }: Frontier): number {
  return nowCount - taken + nextCount;
}

export function frontierBytes({ blocks, stride }: Frontier): number {
  return blocks * stride * BLOCK * 4;
}
