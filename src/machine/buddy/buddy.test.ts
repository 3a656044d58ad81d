import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../lib/at.ts';
import { createRng } from '../../lib/rng.ts';
import { allocate, allocateAt, hasBlock, release } from './allocate.ts';
import { bringOnline, isolate, takeOffline, undoIsolate } from './isolate.ts';
import { freeFrames, zoneComplaints } from './testing/check-zone.ts';
import { naiveAllocate, naiveFreeBlocks, naiveRelease, naiveZone } from './testing/naive-buddy.ts';
import {
  createZone,
  framesIn,
  freeBlocks,
  MIGRATE_TYPES,
  MOVABLE,
  NONE,
  typeAt,
  UNMOVABLE,
  USE_FREE,
} from './zone.ts';

const small = { frames: 64, orders: 5, blockOrder: 3 };
const real = { frames: 8192, orders: 11, blockOrder: 9 };

/** Random allocations and releases on both allocators; complains where they differ. Gives how often memory ran out. */
function compare(operations: number, seed: number): { differences: string[]; refused: number } {
  const [zone, naive, rng] = [createZone(small), naiveZone(small), createRng(seed)];
  const held: number[] = [];
  const differences: string[] = [];
  let refused = 0;
  for (let i = 0; i < operations && differences.length === 0; i++) {
    // Waves: memory fills up, then empties.
    const isFilling = rng.next(100) < (i % 2000 < 1000 ? 60 : 40);
    if (held.length === 0 || isFilling) {
      const wanted = { order: rng.next(3) * rng.next(3), type: rng.next(3) };
      const [head, expected] = [allocate(zone, wanted), naiveAllocate(naive, wanted)];
      if (head !== expected) differences.push(`operation ${i} gave ${head} for ${expected}`);
      if (head === NONE) refused++;
      else held.push(head);
    } else {
      const [head = 0] = held.splice(rng.next(held.length), 1);
      release(zone, head);
      naiveRelease(naive, head);
    }
    if (i % 64 === 0) differences.push(...zoneComplaints(zone));
    if (i % 16 === 0)
      for (const type of MIGRATE_TYPES.keys())
        if (String(freeBlocks(zone, type)) !== String(naiveFreeBlocks(naive, type)))
          differences.push(`after operation ${i} the free blocks of type ${type} differ`);
  }
  return { differences, refused };
}

describe('the buddy allocator', () => {
  it('does as the naive allocator does, in 10^6 random operations, and keeps its invariants', () => {
    const runs = [1, 2, 3, 4].map((seed) => compare(250_000, seed));
    expect(runs.flatMap(({ differences }) => differences)).toEqual([]);
    for (const { refused } of runs) expect(refused).toBeGreaterThan(1000);
  }, 120_000);

  it('gives all frames of the real geometry back as the blocks it began with', () => {
    const [zone, rng] = [createZone(real), createRng(7)];
    const before = freeBlocks(zone);
    const held: number[] = [];
    for (let head = 0; head !== NONE; head = allocate(zone, { order: rng.next(4), type: rng.next(3) }))
      if (zone.heldOrder[head] !== NONE) held.push(head);
    expect(zoneComplaints(zone)).toEqual([]);
    for (const head of held.toReversed()) release(zone, head);
    expect(freeBlocks(zone)).toEqual(before);
    expect(zoneComplaints(zone)).toEqual([]);
  });

  it('keeps kernel memory together: a first allocation claims one pageblock, the next ones stay there', () => {
    const zone = createZone(real);
    const heads = Array.from({ length: 512 }, () => allocate(zone, { order: 0, type: UNMOVABLE }));
    expect(new Set(heads.map((head) => head >> 10)).size).toBe(1);
    expect(typeAt(zone, at(heads, 0))).toBe(UNMOVABLE);
  });

  it('lets kernel memory into a movable pageblock that stays movable when most of it is in use', () => {
    const zone = createZone({ frames: 16, orders: 4, blockOrder: 3 });
    for (let i = 0; i < 16; i++) allocate(zone, { order: 0, type: MOVABLE });
    release(zone, 5);
    expect(allocate(zone, { order: 0, type: UNMOVABLE })).toBe(5);
    expect(typeAt(zone, 5)).toBe(MOVABLE);
  });

  it('refuses a block that is not there, and says so beforehand', () => {
    const zone = createZone(small);
    for (let frame = 0; frame < small.frames; frame += 8) allocateAt(zone, frame, UNMOVABLE);
    expect(hasBlock(zone, 3)).toBe(false);
    expect(allocate(zone, { order: 3, type: MOVABLE })).toBe(NONE);
    expect(hasBlock(zone, 2)).toBe(true);
    expect(() => allocateAt(zone, 8, MOVABLE)).toThrow('not free');
    expect(() => release(zone, 9)).toThrow('nothing was given out');
  });
});

describe('isolation', () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 1, max: 8 }))
    .map(([first, count]) => ({ start: first * 8, end: Math.min(8, first + count) * 8 }));

  it('gives out nothing of the range, loses no frame, and is undone without a trace', () => {
    fc.assert(
      fc.property(range, fc.integer(), fc.array(fc.nat(63), { maxLength: 40 }), (isolated, seed, frames) => {
        const [zone, rng] = [createZone(small), createRng(seed)];
        for (const frame of new Set(frames)) allocateAt(zone, frame, rng.next(3));
        const [free, blocks] = [freeFrames(zone), MIGRATE_TYPES.map((_, type) => freeBlocks(zone, type))];
        const types = isolate(zone, isolated);
        expect(zoneComplaints(zone)).toEqual([]);
        expect(freeFrames(zone)).toBe(free);
        const head = allocate(zone, { order: 0, type: MOVABLE });
        expect(head >= isolated.start && head < isolated.end).toBe(false);
        if (head !== NONE) release(zone, head);
        undoIsolate(zone, isolated, types);
        expect(zoneComplaints(zone)).toEqual([]);
        if (head === NONE) expect(MIGRATE_TYPES.map((_, type) => freeBlocks(zone, type))).toEqual(blocks);
      }),
      { numRuns: 300 },
    );
  });

  it('lets a range go offline only when all of it is free, and brings it back free', () => {
    const zone = createZone(small);
    allocateAt(zone, 20, UNMOVABLE);
    const node = { start: 16, end: 32 };
    expect(() => takeOffline(zone, node)).toThrow('isolated');
    isolate(zone, node);
    expect(takeOffline(zone, node)).toEqual([20]);
    release(zone, 20);
    expect(takeOffline(zone, node)).toEqual([]);
    expect(freeFrames(zone)).toBe(48);
    expect(zoneComplaints(zone)).toEqual([]);
    bringOnline(zone, node);
    expect(zone.use.every((use) => use === USE_FREE)).toBe(true);
    expect(freeBlocks(zone)).toEqual(freeBlocks(createZone(small)));
    expect(() => bringOnline(zone, node)).toThrow('not offline');
    expect(() => isolate(zone, { start: 4, end: 12 })).toThrow('whole pageblocks');
  });

  it('a block that is given back beside an isolated pageblock does not join it', () => {
    const zone = createZone(small);
    for (let frame = 0; frame < 16; frame++) allocateAt(zone, frame, MOVABLE);
    isolate(zone, { start: 0, end: 8 });
    for (let frame = 0; frame < 16; frame++) release(zone, frame);
    expect(zoneComplaints(zone)).toEqual([]);
    expect(freeBlocks(zone, MOVABLE)).toEqual([0, 0, 0, 1, 3]);
    expect(takeOffline(zone, { start: 0, end: 8 })).toEqual([]);
  });
});

describe('a zone', () => {
  it('begins as its largest aligned blocks, also where its end is no multiple of them', () => {
    expect(freeBlocks(createZone({ frames: 24, orders: 5, blockOrder: 3 }))).toEqual([0, 0, 0, 1, 1]);
    expect(freeBlocks(createZone(small))).toEqual([0, 0, 0, 0, 4]);
  });

  it('has as many free frames as its free blocks hold', () => {
    expect(framesIn([1, 2, 0, 1])).toBe(13);
    expect(framesIn(freeBlocks(createZone(real)))).toBe(real.frames);
  });
});
