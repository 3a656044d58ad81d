import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometries, levelAt, vaIndex } from '../machine/geometry.ts';
import type { Geometry } from '../machine/geometry.ts';
import { IMAGE_LEAF, IMAGE_P } from './image-flags.ts';
import type { ImageTable } from './process-image.ts';
import { addLeaves, createTableBuilder, finishTables } from './table-builder.ts';
import type { LeafRun } from './table-builder.ts';

function build(geometry: Geometry, runs: readonly LeafRun[]): ImageTable[] {
  const builder = createTableBuilder(geometry);
  for (const run of runs) addLeaves(builder, run);
  return finishTables(builder);
}

/** Follows the entries from table 0: the leaf's target, or null where an entry is missing. */
function lookUp(geometry: Geometry, tables: readonly ImageTable[], vpn: number): number | null {
  let number = 0;
  for (let level = 0; ; level++) {
    const table = tables[number];
    const slot = table?.index.indexOf(vaIndex(geometry, level, BigInt(vpn) << 12n)) ?? -1;
    if (table === undefined || slot < 0) return null;
    const target = table.target[slot] ?? -1;
    const leaf = level === geometry.levels.length - 1 || ((table.flags[slot] ?? 0) & IMAGE_LEAF) !== 0;
    if (leaf) return target + (vpn % 2 ** (levelAt(geometry, level).shift - 12));
    number = target;
  }
}

/** Ascending runs with gaps of every size, at every level that maps pages. */
function runsOf(geometry: Geometry): fc.Arbitrary<LeafRun[]> {
  const levels = geometry.levels.flatMap(({ hugeLeaf, name }, i) => (hugeLeaf || name === 'PTE' ? [i] : []));
  const piece = fc.record({
    level: fc.constantFrom(...levels),
    skip: fc.nat(40),
    big: fc.nat(3),
    count: fc.integer({ min: 1, max: 700 }),
  });
  return fc.array(piece, { maxLength: 12 }).map((pieces) => {
    let vpn = 0;
    const runs: LeafRun[] = [];
    for (const { level, skip, big, count } of pieces) {
      const unit = 2 ** (levelAt(geometry, level).shift - 12);
      vpn += skip + (big === 0 ? skip * 2 ** 14 : 0);
      vpn = Math.ceil(vpn / unit) * unit;
      const pages = (unit > 1 ? 1 + (count % 3) : count) * unit;
      if (vpn + pages > 2 ** 19) break;
      runs.push({ vpn, pages, pfn: vpn + 7 * 2 ** 18, level, flags: IMAGE_P | (unit > 1 ? IMAGE_LEAF : 0) });
      vpn += pages;
    }
    return runs;
  });
}

describe('table builder', () => {
  it('maps every page that was added to its frame, and no page around', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...Object.values(geometries))
          .chain((geometry) => fc.tuple(fc.constant(geometry), runsOf(geometry))),
        ([geometry, runs]) => {
          const tables = build(geometry, runs);
          const mapped = new Set(
            runs.flatMap(({ vpn, pages }) => [vpn, vpn + (pages >> 1), vpn + pages - 1]),
          );
          for (const vpn of mapped) expect(lookUp(geometry, tables, vpn)).toBe(vpn + 7 * 2 ** 18);
          for (const { vpn, pages } of runs) {
            for (const near of [vpn - 1, vpn + pages]) {
              const inside = runs.some((run) => near >= run.vpn && near < run.vpn + run.pages);
              if (near >= 0 && !inside) expect(lookUp(geometry, tables, near)).toBeNull();
            }
          }
        },
      ),
    );
  });

  it('makes one table for each distinct region at each level, parents first, in address order', () => {
    const tables = build(geometries['x86-64-4'], [
      { vpn: 0x200 - 1, pages: 2, pfn: 10, level: 3, flags: IMAGE_P },
      { vpn: 0x40000, pages: 1, pfn: 12, level: 3, flags: IMAGE_P },
      { vpn: 0x8000000, pages: 1, pfn: 13, level: 3, flags: IMAGE_P },
    ]);
    expect(
      tables.map(({ level, vaBase, parent, parentIndex }) => [level, vaBase, parent, parentIndex]),
    ).toEqual([
      [0, 0n, -1, -1],
      [1, 0n, 0, 0],
      [2, 0n, 1, 0],
      [3, 0n, 2, 0],
      [3, 0x200000n, 2, 1],
      [2, 0x40000000n, 1, 1],
      [3, 0x40000000n, 5, 0],
      [1, 0x8000000000n, 0, 1],
      [2, 0x8000000000n, 7, 0],
      [3, 0x8000000000n, 8, 0],
    ]);
  });

  it('leaves out the lower tables behind huge pages', () => {
    const flags = IMAGE_P | IMAGE_LEAF;
    const tables = build(geometries['x86-64-5'], [
      { vpn: 0, pages: 2 ** 18, pfn: 0, level: 2, flags },
      { vpn: 2 ** 18, pages: 1024, pfn: -1, level: 3, flags },
    ]);
    expect(tables.map(({ level }) => level)).toEqual([0, 1, 2, 3]);
    expect([...(tables[3]?.target ?? [])]).toEqual([-1, -1]);
  });

  it('refuses pages out of order, out of the address space, unaligned, or at a level without leaves', () => {
    const run = { vpn: 512, pages: 1, pfn: 1, level: 3, flags: IMAGE_P };
    const geometry = geometries['x86-64-4'];
    expect(() => build(geometry, [run, run])).toThrow('out of order');
    expect(() => build(geometry, [{ ...run, vpn: 2 ** 36 }])).toThrow('outside');
    expect(() => build(geometry, [{ ...run, level: 2 }])).toThrow('aligned');
    expect(() => build(geometry, [{ ...run, level: 0 }])).toThrow('maps none');
    expect(() => build(geometry, [{ ...run, vpn: Number.NaN }])).toThrow(RangeError);
  });
});
