/** Where the frames of each node are drawn: rows of square cells, node below node, with nothing in between. */
export interface MemoryMapLayout {
  readonly cellPx: number;
  readonly columns: number;
  readonly nodes: readonly NodeBlock[];
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface NodeBlock {
  readonly node: number;
  readonly count: number;
  readonly topPx: number;
  readonly rows: number;
}

export interface Fit {
  /** Frames of each node, by node. */
  readonly counts: readonly number[];
  readonly widthPx: number;
  readonly heightPx: number;
  /** No cell is made larger than this. */
  readonly mostPx: number;
}

const SEARCH_ROUNDS = 40;

/** The largest cells for which every frame fits; only when not even a hundredth of a pixel does, the map grows too high. */
export function fitMemoryMap(fit: Fit): MemoryMapLayout {
  let [least, most] = [0.01, fit.mostPx];
  if (layOut(fit, most).heightPx <= fit.heightPx) return layOut(fit, most);
  for (let round = 0; round < SEARCH_ROUNDS; round++) {
    const middle = Math.sqrt(least * most);
    if (layOut(fit, middle).heightPx <= fit.heightPx) least = middle;
    else most = middle;
  }
  return layOut(fit, least);
}

function layOut({ counts, widthPx }: Pick<Fit, 'counts' | 'widthPx'>, cellPx: number): MemoryMapLayout {
  const columns = Math.max(1, Math.floor(widthPx / cellPx));
  let topPx = 0;
  const nodes = counts.map((count, node): NodeBlock => {
    const block = { node, count, topPx, rows: Math.ceil(count / columns) };
    topPx += block.rows * cellPx;
    return block;
  });
  return { cellPx, columns, nodes, widthPx: columns * cellPx, heightPx: topPx };
}

/** The same cells in a grid that lays itself out, with so many columns: for what needs no pixels, such as arrow keys. */
export function gridMap(counts: readonly number[], columns: number): MemoryMapLayout {
  return layOut({ counts, widthPx: columns }, 1);
}

export interface CellPlace {
  readonly node: number;
  /** Place among the frames of the node. */
  readonly rank: number;
}

/** Top left corner of a cell. */
export function cellCorner(map: MemoryMapLayout, { node, rank }: CellPlace): { xPx: number; yPx: number } {
  const top = map.nodes[node]?.topPx ?? 0;
  return {
    xPx: (rank % map.columns) * map.cellPx,
    yPx: top + Math.floor(rank / map.columns) * map.cellPx,
  };
}

/** The cell at a point; null between cells and past the last one. */
export function cellAt(map: MemoryMapLayout, xPx: number, yPx: number): CellPlace | null {
  const column = Math.floor(xPx / map.cellPx);
  if (column < 0 || column >= map.columns) return null;
  for (const { node, count, topPx } of map.nodes) {
    const row = Math.floor((yPx - topPx) / map.cellPx);
    const rank = row * map.columns + column;
    if (row >= 0 && rank < count) return { node, rank };
  }
  return null;
}

/** Rows of a node that a strip of the map shows: [first, end). */
export function rowsBetween(
  { cellPx }: MemoryMapLayout,
  { topPx, rows }: NodeBlock,
  [fromPx, toPx]: readonly [number, number],
): readonly [first: number, end: number] {
  const clamp = (row: number): number => Math.min(rows, Math.max(0, row));
  return [clamp(Math.floor((fromPx - topPx) / cellPx)), clamp(Math.ceil((toPx - topPx) / cellPx))];
}

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The cell that an arrow key leads to; past the rows of a node it goes on in the next one. Stays at the edges. */
export function neighbour(map: MemoryMapLayout, place: CellPlace, direction: Direction): CellPlace {
  const { node, rank } = place;
  const last = (map.nodes[node]?.count ?? 1) - 1;
  const column = rank % map.columns;
  switch (direction) {
    case 'first':
      return { node, rank: 0 };
    case 'last':
      return { node, rank: last };
    case 'left':
      return rank > 0 ? { node, rank: rank - 1 } : place;
    case 'right':
      return rank < last ? { node, rank: rank + 1 } : place;
    case 'up':
      if (rank >= map.columns) return { node, rank: rank - map.columns };
      return enter(map, { from: place, step: -1, column });
    case 'down':
      if (Math.floor(rank / map.columns) < Math.floor(last / map.columns))
        return { node, rank: Math.min(last, rank + map.columns) };
      return enter(map, { from: place, step: 1, column });
  }
}

interface Entering {
  readonly from: CellPlace;
  readonly step: 1 | -1;
  readonly column: number;
}

/** The cell of the next node that has frames, in the same column: in its first row from above, in its last from below. */
function enter(map: MemoryMapLayout, { from, step, column }: Entering): CellPlace {
  for (let node = from.node + step; node >= 0 && node < map.nodes.length; node += step) {
    const { count = 0, rows = 0 } = map.nodes[node] ?? {};
    const row = step === 1 ? 0 : rows - 1;
    if (count > 0) return { node, rank: Math.min(count - 1, row * map.columns + column) };
  }
  return from;
}

/**
 * Where the labels of nodes stand beside a window on the map (map coordinates times `k`, moved by `y`): at the top of what
 * is to be seen of the node, each at least `labelPx` below the one before. null for a node that is out of sight.
 */
export function labelTops(
  map: MemoryMapLayout,
  { k, y, heightPx }: { readonly k: number; readonly y: number; readonly heightPx: number },
  labelPx: number,
): readonly (number | null)[] {
  let free = 0;
  return map.nodes.map(({ topPx, rows }) => {
    const [top, bottom] = [topPx * k + y, (topPx + rows * map.cellPx) * k + y];
    if (rows === 0 || bottom <= 0 || top >= heightPx) return null;
    const label = Math.max(free, Math.min(Math.max(0, top), bottom - labelPx));
    free = label + labelPx;
    return label;
  });
}
