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
