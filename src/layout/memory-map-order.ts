import type { World } from '../machine/world.ts';

/** The frames of one node in the order of their frame numbers. */
export interface NodeFrames {
  readonly node: number;
  /** Frame ids. */
  readonly frames: Uint32Array;
}

export interface FrameOrder {
  readonly nodes: readonly NodeFrames[];
  /** By frame id: its place among the frames of its node. */
  readonly rank: Uint32Array;
}

const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;

type Frames = Pick<World, 'pfn' | 'node' | 'nodes' | 'frames'>;

/**
 * The last frame id in use. The arrays of a real process may be longer than it has pages: what is left over has number 0.
 * Where no page has a number, all of them count.
 */
export function lastFrame({ pfn, frames }: Frames): number {
  let last = pfn.length - 1;
  while (last > frames && pfn[last] === 0) last -= 1;
  return last === frames ? pfn.length - 1 : last;
}

/** Every frame of a world, node by node, in the order of frame numbers; equal numbers keep the order of their ids. Linear. */
export function orderFrames(world: Frames): FrameOrder {
  const sorted = sortByPfn(world.pfn, lastFrame(world));
  const sizes = new Uint32Array(world.nodes);
  for (const frame of sorted) sizes[world.node[frame] ?? 0] = (sizes[world.node[frame] ?? 0] ?? 0) + 1;
  const nodes = Array.from(sizes, (size, node) => ({ node, frames: new Uint32Array(size) }));
  const filled = new Uint32Array(world.nodes);
  const rank = new Uint32Array(world.pfn.length);
  for (const frame of sorted) {
    const node = world.node[frame] ?? 0;
    const next = filled[node] ?? 0;
    nodes[node]?.frames.fill(frame, next, next + 1);
    rank[frame] = next;
    filled[node] = next + 1;
  }
  return { nodes, rank };
}

/** Frame ids 1 to `last` sorted by frame number: a radix sort, because there may be a million. */
function sortByPfn(pfn: ArrayLike<number>, last: number): Uint32Array {
  let ids = Uint32Array.from({ length: Math.max(0, last) }, (_, i) => i + 1);
  let most = 0;
  for (let id = 1; id <= last; id++) most = Math.max(most, pfn[id] ?? 0);
  for (let unit = 1; unit <= most; unit *= DIGITS) ids = sortByDigit(ids, pfn, unit);
  return ids;
}

function sortByDigit(
  ids: Uint32Array<ArrayBuffer>,
  pfn: ArrayLike<number>,
  unit: number,
): Uint32Array<ArrayBuffer> {
  const digit = (id: number): number => Math.floor((pfn[id] ?? 0) / unit) % DIGITS;
  const starts = new Uint32Array(DIGITS + 1);
  for (const id of ids) starts[digit(id) + 1] = (starts[digit(id) + 1] ?? 0) + 1;
  for (let i = 1; i <= DIGITS; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const sorted = new Uint32Array(ids.length);
  for (const id of ids) {
    const place = starts[digit(id)] ?? 0;
    sorted[place] = id;
    starts[digit(id)] = place + 1;
  }
  return sorted;
}
