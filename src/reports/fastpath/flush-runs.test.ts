import { describe, expect, it } from 'vitest';
import type { Shape } from '../../scenarios/small-world.ts';
import { flushChart } from './flush-chart.ts';
import { runFlushes } from './flush-runs.ts';

const worlds: readonly [shape: Shape, pages: number][] = [
  ['two', 4],
  ['three', 2],
  ['four', 4],
];

describe('flushes of a relocation, counted in runs of the programs', () => {
  it.each(worlds)(
    'are one with a flag, and one for each table without: %s levels, %i pages',
    (shape, pages) => {
      const flag = runFlushes('flag', shape, pages);
      const perTable = runFlushes('per-table', shape, pages);
      expect(flag.tables).toBe(perTable.tables);
      expect(flag.tables).toBeGreaterThan(1);
      expect(flag.interrupts).toBe(1);
      expect(perTable.interrupts).toBe(perTable.tables);
    },
  );

  it('are drawn as the runs say, mmu_gather in between', () => {
    const { series } = flushChart({ tables: 4, interrupts: 1 }, { tables: 4, interrupts: 4 });
    const last = series.map(({ points }) => points.at(-1)?.[1]);
    expect(last).toEqual([1, 65536, 130]);
  });
});
