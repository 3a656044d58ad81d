/** Something that takes room in a column of the tree: a place with its versions, or a page. */
export interface Block {
  readonly key: string;
  readonly column: number;
  readonly heightPx: number;
  readonly children: readonly Block[];
}

export interface Spacing {
  readonly gapPx: number;
  readonly topPx: number;
  /** Where a block stands beside its children: in their middle, or level with the first. */
  readonly align: 'middle' | 'top';
}

/**
 * Tops of all blocks, by key: every block in the middle of its children (or they of it, when it is taller) or at their
 * top, no two of a column overlapping, in the order given. Depends on nothing but its arguments.
 */
export function stackBlocks(
  roots: readonly Block[],
  { gapPx, topPx, align }: Spacing,
): ReadonlyMap<string, number> {
  const tops = new Map<string, number>();
  const extents = new Map<Block, number>();
  let top = topPx;
  for (const root of roots) {
    const extent = measure(root, gapPx, extents);
    place({ block: root, top, gapPx, share: align === 'middle' ? 0.5 : 0, extents, tops });
    top += extent + gapPx;
  }
  return tops;
}

function measure(block: Block, gapPx: number, extents: Map<Block, number>): number {
  const below = block.children.reduce((sum, child) => sum + measure(child, gapPx, extents), 0);
  const extent = Math.max(block.heightPx, below + gapPx * Math.max(0, block.children.length - 1));
  extents.set(block, extent);
  return extent;
}

interface Placing {
  readonly block: Block;
  readonly top: number;
  readonly gapPx: number;
  /** How much of the spare room goes above. */
  readonly share: number;
  readonly extents: ReadonlyMap<Block, number>;
  readonly tops: Map<string, number>;
}

function place({ block, top, gapPx, share, extents, tops }: Placing): void {
  const extent = extents.get(block) ?? block.heightPx;
  tops.set(block.key, top + (extent - block.heightPx) * share);
  const below = block.children.reduce((sum, child) => sum + (extents.get(child) ?? 0), 0);
  let next = top + (extent - below - gapPx * Math.max(0, block.children.length - 1)) * share;
  for (const child of block.children) {
    place({ block: child, top: next, gapPx, share, extents, tops });
    next += (extents.get(child) ?? 0) + gapPx;
  }
}
