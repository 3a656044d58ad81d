import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { at } from '../../lib/at.ts';
import { createRng } from '../../lib/rng.ts';
import { freeFrames, zoneComplaints } from '../../machine/buddy/testing/check-zone.ts';
import { framesIn, USE_OFFLINE } from '../../machine/buddy/zone.ts';
import { compact } from './compaction.ts';
import { defrag } from './defrag.ts';
import { hotremove } from './hotremove.ts';
import { copyLife, type Life } from './life.ts';
import { countKinds, mapKindNumber } from './map-kinds.ts';
import { type Memory, NOTHING } from './memory.ts';
import { offline } from './offlining.ts';
import { applySteps, mapAt, startRecording } from './recording.ts';
import { liveLife, SMALL_DEFRAG_WORLD, SMALL_HOTREMOVE_WORLD } from './worlds.ts';

/** What does not add up in a memory, in words. */
function complaints(memory: Memory): string[] {
  const found = memory.nodes.flatMap((zone) => zoneComplaints(zone));
  const free = memory.nodes.reduce((sum, zone) => sum + freeFrames(zone), 0);
  const counts = countKinds(memory.map);
  if (at(counts, mapKindNumber('free')) !== free)
    found.push('the map and the allocator differ on free frames');
  const offlined = memory.nodes.reduce(
    (n, { use }) => n + use.filter((one) => one === USE_OFFLINE).length,
    0,
  );
  if (at(counts, mapKindNumber('offline')) !== offlined)
    found.push('the map and the allocator differ offline');
  for (const [id, { frame, table, slot }] of memory.pages.entries()) {
    if (frame === NOTHING) continue;
    if (memory.pageAt[frame] !== id) found.push(`page ${id} is not where it says`);
    if (table !== NOTHING && at(memory.tables, table).entries[slot] !== id)
      found.push(`page ${id} is not mapped`);
  }
  for (const [id, { frame }] of memory.tables.entries())
    if (frame !== NOTHING && memory.tableAt[frame] !== id) found.push(`table ${id} is not where it says`);
  return found;
}

/** How many there are of what must stay as many while memory is only moved about. */
function belongings({ memory }: Life): readonly number[] {
  const living = memory.pages.filter(({ frame }) => frame !== NOTHING);
  const written = living.reduce((sum, page) => sum + page.written, 0);
  return [living.length, written, memory.tables.filter(({ frame }) => frame !== NOTHING).length];
}

vi.setConfig({ testTimeout: 120_000 });

const seeds = fc.integer({ min: 1, max: 1000 });
const few = { numRuns: 4 };

describe('a life of allocations', () => {
  it('keeps every frame in exactly one place, and is the same for the same seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const plan = { ...SMALL_DEFRAG_WORLD, actions: 8000 };
        const life = liveLife(plan, seed);
        expect(complaints(life.memory)).toEqual([]);
        expect(liveLife(plan, seed).memory.map).toEqual(life.memory.map);
      }),
      few,
    );
  });
});

describe('compaction', () => {
  it('moves, and neither loses nor makes anything: frames, pages, tables, writes', () => {
    fc.assert(
      fc.property(seeds, fc.boolean(), (seed, relocatable) => {
        const life = liveLife({ ...SMALL_DEFRAG_WORLD, actions: 8000 }, seed);
        const [before, kinds] = [belongings(life), countKinds(life.memory.map)];
        life.memory.recorder = startRecording(life.memory.map);
        compact(life.memory, { node: 0, relocatable, untilOrder: null });
        expect(complaints(life.memory)).toEqual([]);
        expect(belongings(life)).toEqual(before);
        expect(countKinds(life.memory.map)).toEqual(kinds);
        expect(mapAt(life.memory.recorder, Infinity)).toEqual(life.memory.map);
      }),
      few,
    );
  });

  it('leaves every table where it is unless tables can move', () => {
    const { memory } = liveLife(SMALL_DEFRAG_WORLD, 4);
    const frames = memory.tables.map(({ frame }) => frame);
    expect(compact(memory, { node: 0, relocatable: false, untilOrder: null }).tablesMoved).toBe(0);
    expect(memory.tables.map(({ frame }) => frame)).toEqual(frames);
  });
});

describe('the report on defragmentation', () => {
  it('finds a huge page on the real geometry only when tables can move', () => {
    const { atOnce, pinned, relocatable, kinds, frames } = defrag({ seed: 1, until: 'huge-page' });
    expect(atOnce).toBe(false);
    expect((kinds['free'] ?? 0) / frames).toBeGreaterThan(0.25);
    expect(pinned.hugeFrame).toBeNull();
    expect(relocatable.hugeFrame).not.toBeNull();
    expect(relocatable.counts.tablesMoved).toBeGreaterThan(0);
    for (const { before, after } of [pinned, relocatable]) expect(framesIn(after)).toBe(framesIn(before));
  }, 120_000);

  it('never ends with fewer huge blocks because tables can move', () => {
    for (const seed of [1, 4]) {
      const { pinned, relocatable } = defrag({ seed, plan: SMALL_DEFRAG_WORLD, until: 'scanners-meet' });
      const huge = (blocks: readonly number[]): number =>
        blocks.slice(6).reduce((a, n, i) => a + n * 2 ** i, 0);
      expect(huge(relocatable.after)).toBeGreaterThanOrEqual(huge(pinned.after));
    }
  });
});

describe('the report on hot-remove', () => {
  const { removals, range, smallWorld } = hotremove({ seed: 2, plan: SMALL_HOTREMOVE_WORLD, range: null });
  const [stay, move, kernel] = [at(removals, 0), at(removals, 1), at(removals, 2)];

  it('fails for the tables, one reason a frame, and leaves the range in use', () => {
    expect(stay.removed).toBe(false);
    expect(stay.refusals).toHaveLength(stay.kinds['table'] ?? 0);
    expect(new Set(stay.refusals.map(({ kind }) => kind))).toEqual(new Set(['table']));
    for (const { why } of stay.refusals) expect(why).toMatch(/(PGD|PUD|PMD|PTE table) of process \d+: /);
    expect(countKinds(mapAt(stay.recording, Infinity))[mapKindNumber('offline')]).toBe(0);
  });

  it('succeeds when tables move, while threads write and fault, and no write is lost', () => {
    expect(move.removed).toBe(true);
    expect(move.counts.tablesMoved).toBe(move.kinds['table']);
    expect(move.threads.faults).toBeGreaterThan(100);
    expect(removals.map(({ threads }) => threads.writesLost)).toEqual([0, 0, 0]);
    const end = mapAt(move.recording, Infinity).subarray(range.start, range.end);
    expect(end.every((kind) => kind === mapKindNumber('offline'))).toBe(true);
  });

  it('still fails for the kernel’s own frames, and names them alone', () => {
    expect(kernel.removed).toBe(false);
    expect(kernel.refusals).toHaveLength(kernel.kinds['kernel'] ?? 0);
    for (const { kind, why } of kernel.refusals)
      expect(`${kind}: ${why}`).toMatch(/^kernel: the kernel’s own/);
  });

  it('puts nothing new into the range while it is being emptied', () => {
    for (const { recording } of removals)
      for (const { op, frame } of recording.steps)
        if (op === 'allocate') expect(frame >= range.start && frame < range.end).toBe(false);
  });

  it('shows the same with the real engine: threads step into the relocation, every table leaves, nothing fails', () => {
    expect(smallWorld.threadSteps).toBeGreaterThan(100);
    expect(smallWorld.tables).toBeGreaterThan(0);
    expect(smallWorld.tablesLeft).toBe(0);
    expect(smallWorld.violations).toEqual([]);
  });

  it('keeps all conservation laws for any range', () => {
    const life = liveLife(SMALL_HOTREMOVE_WORLD, 3);
    fc.assert(
      fc.property(fc.nat(62), fc.nat(8), fc.boolean(), (first, more, relocatable) => {
        const copy = copyLife(life, createRng(first));
        const last = Math.min(first < 32 ? 32 : 64, first + more + 1);
        const wish = { range: { start: first * 64, end: last * 64 }, relocatable, writesPerBatch: 1 };
        const { removed, refusals } = offline(copy, wish);
        expect(complaints(copy.memory)).toEqual([]);
        expect(removed).toBe(refusals.length === 0);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a recording', () => {
  it('gives the same map step by step and at once', () => {
    const { recording } = defrag({ seed: 4, plan: SMALL_DEFRAG_WORLD, until: 'huge-page' }).relocatable;
    const map = recording.start.slice();
    for (let step = 0; step < recording.steps.length; step++) applySteps(recording, map, [step, step + 1]);
    expect(map).toEqual(mapAt(recording, recording.steps.length));
    expect(mapAt(recording, 0)).toEqual(recording.start);
  });
});
