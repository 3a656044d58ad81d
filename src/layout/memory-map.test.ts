import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, cellCorner, fitMemoryMap, labelTops, neighbour, rowsBetween } from './memory-map.ts';
import { lastFrame, orderFrames } from './memory-map-order.ts';

const fit = { widthPx: 600, heightPx: 300, mostPx: 24 };

describe('the order of frames', () => {
  it('is that of frame numbers, node by node, whatever the ids', () => {
    const world = { pfn: [0, 70_000, 5, 2 ** 33, 7, 3], node: [0, 0, 0, 1, 1, 0], nodes: 2, frames: 5 };
    const { nodes, rank } = orderFrames(world);
    expect(nodes.map(({ frames }) => [...frames])).toEqual([
      [5, 2, 1],
      [4, 3],
    ]);
    expect([...rank]).toEqual([0, 2, 1, 1, 0, 0]);
  });

  it('leaves out what is left over at the end, unless no page has a number', () => {
    const world = { node: [0, 0, 0, 0, 0], nodes: 1, frames: 1 };
    expect(lastFrame({ ...world, pfn: [0, 7, 9, 0, 0] })).toBe(2);
    expect(lastFrame({ ...world, pfn: [0, 7, 0, 0, 0] })).toBe(4);
  });

  it('agrees with an ordinary sort', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 40), { maxLength: 200 }), (numbers) => {
        const pfn = [0, ...numbers];
        const { nodes } = orderFrames({ pfn, node: pfn.map(() => 0), nodes: 1, frames: numbers.length });
        const ids = numbers.map((_, i) => i + 1).sort((a, b) => (pfn[a] ?? 0) - (pfn[b] ?? 0) || a - b);
        expect([...(nodes[0]?.frames ?? [])]).toEqual(ids);
      }),
    );
  });
});

describe('the memory map', () => {
  it('shows every frame within its panel, from ten to a million of them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 4 }), (counts) => {
        const map = fitMemoryMap({ ...fit, counts });
        expect(map.heightPx).toBeLessThanOrEqual(fit.heightPx);
        expect(map.widthPx).toBeLessThanOrEqual(fit.widthPx + 1e-6);
        expect(map.cellPx).toBeLessThanOrEqual(fit.mostPx);
      }),
    );
  });

  it('uses most of the space when there are many', () => {
    const map = fitMemoryMap({ ...fit, counts: [1_000_000] });
    expect(1_000_000 * map.cellPx ** 2).toBeGreaterThan(0.9 * 600 * 300);
  });

  it('finds the cell at a point that it drew', () => {
    const map = fitMemoryMap({ ...fit, counts: [70, 0, 900] });
    for (const place of [
      { node: 0, rank: 69 },
      { node: 2, rank: 0 },
      { node: 2, rank: 899 },
    ]) {
      const { xPx, yPx } = cellCorner(map, place);
      expect(cellAt(map, xPx + map.cellPx / 2, yPx + map.cellPx / 2)).toEqual(place);
    }
  });

  it('has no cell above, to the right, or past the last', () => {
    const map = fitMemoryMap({ ...fit, counts: [70] });
    expect(cellAt(map, 5, -1)).toBeNull();
    expect(cellAt(map, map.widthPx + 1, 5)).toBeNull();
    expect(cellAt(map, 599, map.heightPx - 1)).toBeNull();
  });

  it('knows the rows that a strip shows', () => {
    const map = fitMemoryMap({ ...fit, counts: [100] });
    const block = map.nodes[0];
    if (block === undefined) throw new Error('no node');
    expect(rowsBetween(map, block, [-100, 1000])).toEqual([0, block.rows]);
    const second = block.topPx + map.cellPx * 1.5;
    expect(rowsBetween(map, block, [second, second])).toEqual([1, 2]);
  });

  it('lets arrow keys go everywhere, over the border of a node too', () => {
    const map = fitMemoryMap({ ...fit, counts: [30, 0, 30] });
    expect(map.columns).toBe(25);
    const go = (rank: number, direction: Parameters<typeof neighbour>[2]) =>
      neighbour(map, { node: 0, rank }, direction);
    expect(go(3, 'right')).toEqual({ node: 0, rank: 4 });
    expect(go(3, 'down')).toEqual({ node: 0, rank: 28 });
    expect(go(10, 'down')).toEqual({ node: 0, rank: 29 });
    expect(go(28, 'down')).toEqual({ node: 2, rank: 3 });
    expect(neighbour(map, { node: 2, rank: 3 }, 'up')).toEqual({ node: 0, rank: 28 });
    expect(go(0, 'left')).toEqual({ node: 0, rank: 0 });
    expect(go(0, 'up')).toEqual({ node: 0, rank: 0 });
    expect(go(0, 'last')).toEqual({ node: 0, rank: 29 });
  });

  it('has a label beside what is to be seen of each node, none upon another', () => {
    const map = fitMemoryMap({ ...fit, counts: [2, 600, 0, 25] });
    const all = labelTops(map, { k: 1, y: 0, heightPx: 300 }, 20);
    expect(all[2]).toBeNull();
    const shown = all.filter((top) => top !== null);
    expect(shown).toHaveLength(3);
    for (const [i, top] of shown.entries())
      if (i > 0) expect(top - (shown[i - 1] ?? 0)).toBeGreaterThanOrEqual(20);
    expect(labelTops(map, { k: 4, y: -600, heightPx: 300 }, 20)).toEqual([null, 0, null, null]);
  });
});
