import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { type Block, stackBlocks } from './tree-blocks.ts';

const spacing = { gapPx: 10, topPx: 5, align: 'middle' } as const;
const leaf = (key: string, heightPx: number, column = 1): Block => ({ key, column, heightPx, children: [] });

function flat(block: Block): readonly Block[] {
  return [block, ...block.children.flatMap(flat)];
}

const sizes = fc.integer({ min: 1, max: 90 });
const shape = fc.array(fc.tuple(sizes, fc.array(fc.tuple(sizes, fc.array(sizes, { maxLength: 4 })))), {
  maxLength: 4,
});

function treeOf(drawn: readonly (readonly [number, readonly (readonly [number, readonly number[]])[]])[]) {
  return drawn.map(([height, children], i): Block => ({
    key: String(i),
    column: 0,
    heightPx: height,
    children: children.map(([h, pages], j) => ({
      key: `${String(i)}.${String(j)}`,
      column: 1,
      heightPx: h,
      children: pages.map((p, k) => leaf(`${String(i)}.${String(j)}.${String(k)}`, p, 2)),
    })),
  }));
}

describe('the blocks of the tree', () => {
  it('stand in the middle of their children', () => {
    const root = { key: 'a', column: 0, heightPx: 10, children: [leaf('b', 20), leaf('c', 20)] };
    expect(Object.fromEntries(stackBlocks([root], spacing))).toEqual({ a: 25, b: 5, c: 35 });
  });

  it('have their children in their middle when they are taller', () => {
    const root = { key: 'a', column: 0, heightPx: 100, children: [leaf('b', 20)] };
    expect(Object.fromEntries(stackBlocks([root], spacing))).toEqual({ a: 5, b: 45 });
  });

  it('are level with their first child when that is asked for', () => {
    const root = { key: 'a', column: 0, heightPx: 10, children: [leaf('b', 20), leaf('c', 20)] };
    expect(Object.fromEntries(stackBlocks([root], { ...spacing, align: 'top' }))).toEqual({
      a: 5,
      b: 5,
      c: 35,
    });
  });

  it('never overlap in a column and keep their order', () => {
    fc.assert(
      fc.property(shape, (drawn) => {
        const roots = treeOf(drawn);
        const tops = stackBlocks(roots, spacing);
        for (const column of [0, 1, 2]) {
          const blocks = roots.flatMap(flat).filter((block) => block.column === column);
          blocks.slice(1).forEach((block, i) => {
            const above = at(blocks, i);
            const gap = (tops.get(block.key) ?? 0) - (tops.get(above.key) ?? 0) - above.heightPx;
            expect(gap).toBeGreaterThanOrEqual(spacing.gapPx - 1e-6);
          });
        }
      }),
    );
  });
});
