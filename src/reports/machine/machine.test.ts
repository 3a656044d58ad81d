import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng.ts';
import { framesIn } from '../../machine/buddy/zone.ts';
import { MAP_KINDS, type MapKind, mapKindNumber } from '../memory/map-kinds.ts';
import type { Machine, MachineZone } from './machine.ts';
import { kindOfWord } from './page-flags.ts';
import { blocksOfFreeFrames, reachableBlocks, tableBlocks } from './reachable.ts';
import { machineReport } from './report.ts';

const zone = (spanned: number): MachineZone => ({
  node: 0,
  name: 'Normal',
  startPfn: 0,
  spanned,
  managed: spanned,
  free: new Array<number>(5).fill(0),
  blocks: {},
});
const letters: Readonly<Record<string, MapKind>> = {
  '.': 'free',
  a: 'anonymous',
  T: 'table',
  k: 'kernel',
  '?': 'unflagged',
};
const drawn = (text: string): Uint8Array =>
  Uint8Array.from(text, (letter) => mapKindNumber(letters[letter] ?? 'absent'));
const stay = { tablesMove: false, unflagged: 'pinned' } as const;
const move = { tablesMove: true, unflagged: 'pinned' } as const;

describe('kinds of frames', () => {
  const cases: readonly [low: number, high: number, mapped: 0 | 1 | 2, kind: MapKind][] = [
    [0x400, 0, 0, 'free'],
    [0x4000000, 0, 0, 'table'],
    [0x201080, 0, 0, 'slab'],
    [0, 1, 0, 'reserved'],
    [0x828, 4, 2, 'file'],
    [0x5828, 4, 1, 'anonymous'],
    [0x415828, 4, 1, 'anonymous'],
    [0x21000, 0, 1, 'hugetlb'],
    [0x10000, 0, 0, 'kernel'],
    [0, 0, 1, 'kernel'],
    [0, 0, 0, 'unflagged'],
    [0x100000, 0, 0, 'absent'],
  ];
  it.each(cases)('flags %x and %x, mapped %i: %s', (...[low, high, mapped, kind]) => {
    expect(kindOfWord({ low, high, mapped })).toBe(kind);
  });
});

describe('blocks that compaction could reach', () => {
  it('are what a drawing shows: one table keeps half of it', () => {
    const map = drawn('a...T......a....');
    expect(reachableBlocks(map, zone(16), stay)).toEqual([1, 0, 1, 1, 0]);
    expect(reachableBlocks(map, zone(16), move)).toEqual([1, 0, 1, 1, 0]);
  });

  it('can be one huge block more when tables move, and none when the kernel sits beside them', () => {
    expect(reachableBlocks(drawn('T.......a.......'.repeat(2)), zone(32), stay)[4]).toBe(0);
    expect(reachableBlocks(drawn('T.......a.......'.repeat(2)), zone(32), move)[4]).toBe(1);
    expect(reachableBlocks(drawn('Tk......a.......'.repeat(2)), zone(32), move)[4]).toBe(0);
    expect(tableBlocks(drawn('T?......Tk......T.......a.......'), 8)).toEqual({
      withTables: 3,
      onlyTables: 1,
      onlyTablesHigh: 2,
    });
  });

  const maps = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer()).map(([length, seed]) => {
    const rng = createRng(seed);
    return drawn(Array.from({ length }, () => '....aaT?k'[rng.next(9)] ?? '.').join(''));
  });

  it('neither win nor lose a free frame, and are never fewer frames from some order on because tables move', () => {
    fc.assert(
      fc.property(maps, (map) => {
        const free = map.filter((kind) => MAP_KINDS[kind] === 'free').length;
        const silent = map.filter((kind) => MAP_KINDS[kind] === 'unflagged').length;
        const [pinned, moved] = [
          reachableBlocks(map, zone(map.length), stay),
          reachableBlocks(map, zone(map.length), move),
        ];
        expect(framesIn(pinned)).toBe(free);
        expect(framesIn(moved)).toBe(free);
        expect(framesIn(reachableBlocks(map, zone(map.length), { ...move, unflagged: 'free' }))).toBe(
          free + silent,
        );
        expect(framesIn(blocksOfFreeFrames(map, zone(map.length)))).toBe(free);
        for (let order = 0; order < 5; order++) {
          const from = (blocks: readonly number[]): number =>
            framesIn(blocks.map((n, i) => (i < order ? 0 : n)));
          expect(from(moved)).toBeGreaterThanOrEqual(from(pinned));
          expect(from(pinned)).toBeGreaterThanOrEqual(from(blocksOfFreeFrames(map, zone(map.length))));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the machine report', () => {
  const word = (low: number, mapped: 0 | 1 = 0) => ({ low, high: 0, mapped });
  const machine: Machine = {
    name: 'drawn',
    kernel: 'Linux',
    frames: 32,
    zones: [{ ...zone(32), free: [0, 0, 0, 1, 0] }],
    ram: [[0, 28]],
    words: [word(0x400), word(0x4000000), word(0x80), word(0x5828, 1), word(0)],
    lengths: Uint32Array.of(8, 6, 4, 2, 12),
    wordOf: Uint16Array.of(0, 1, 2, 3, 4),
    meminfo: { MemTotal: 96, MemFree: 48, SUnreclaim: 12, SReclaimable: 4, KernelStack: 8, PageTables: 24 },
    meminfoLater: { PageTables: 28 },
    freeLater: 8,
    missing: [],
  };
  const { report, map } = machineReport(machine);

  it('counts every frame once, and holes of memory as none', () => {
    const { free, pageTables, slab, anonymous, unflagged, absent } = report.kinds;
    expect([free, pageTables, slab, anonymous, unflagged, absent]).toEqual([8, 6, 4, 2, 8, 4]);
    expect(map).toHaveLength(32);
  });

  it('takes from meminfo what frames do not show, and says so', () => {
    expect(report.kinds).toMatchObject({
      slabUnreclaimable: 3,
      slabReclaimable: 1,
      kernelStack: 2,
      unflaggedFree: 4,
      unflaggedBoot: 4,
    });
    expect(report.fromMeminfo).toContain('kernelStack');
  });

  it('answers which non-movable use is largest, and how far its figures are from the kernel’s own', () => {
    expect(report.largestNonMovable).toBe('pageTables');
    expect(report.largest.inDoubt).toBe(false);
    expect(report.checks[0]).toMatchObject({ ours: 6, kernels: 6, drift: 1 });
  });
});
