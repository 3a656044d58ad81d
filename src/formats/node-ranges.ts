import type { ImageNode } from './process-image.ts';

/** A look-up from frame number to node: binary search over ranges that do not overlap. */
export type NodeOfPfn = (pfn: number) => number | null;

/** Prepares the look-up. It gives null for a frame that no node holds, and for a negative number. */
export function nodeLookup(nodes: readonly ImageNode[]): NodeOfPfn {
  const ranges = nodes
    .flatMap(({ id, ranges: own }) => own.map((range) => ({ ...range, id })))
    .toSorted((a, b) => a.startPfn - b.startPfn);
  return (pfn) => {
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.startPfn ?? Infinity) <= pfn) low = middle + 1;
      else high = middle;
    }
    const range = ranges[low - 1];
    return range !== undefined && pfn < range.endPfn ? range.id : null;
  };
}

/** Frames [startPfn, endPfn). */
export interface FrameRange {
  readonly startPfn: number;
  readonly endPfn: number;
}

/** Joins ranges that touch. */
function joined(ranges: readonly FrameRange[]): FrameRange[] {
  const result: FrameRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.startPfn - b.startPfn)) {
    const last = result.at(-1);
    if (last === undefined || last.endPfn < range.startPfn) result.push(range);
    else result[result.length - 1] = { ...last, endPfn: Math.max(last.endPfn, range.endPfn) };
  }
  return result;
}

/** Nodes with their ranges joined and in order. */
export function nodesOf(ranges: ReadonlyMap<number, readonly FrameRange[]>): ImageNode[] {
  return [...ranges]
    .map(([id, own]) => ({ id, ranges: joined(own) }))
    .filter(({ ranges: own }) => own.length > 0)
    .sort((a, b) => a.id - b.id);
}

/** Whether two nodes claim one frame: the zones of a node may span holes that belong to another node. */
export function nodesOverlap(nodes: readonly ImageNode[]): boolean {
  const all = nodes.flatMap(({ ranges }) => ranges).toSorted((a, b) => a.startPfn - b.startPfn);
  return all.some(({ startPfn }, i) => i > 0 && startPfn < (all[i - 1]?.endPfn ?? 0));
}
