import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng.ts';
import { createStream, LINES_PER_PAGE } from './address-stream.ts';
import { cyclesPerAccess, memoryReferences, remoteReferences, trafficBytes, waitsOf } from './cycles.ts';
import { steadyTally, withTablesAway } from './left-behind.ts';
import { latenciesOf, NUMA_DEFAULTS, type NumaParams } from './params.ts';
import { createSetCache, touchKey } from './set-cache.ts';
import { ALL_HERE, createSimulation, emptyTally, type Placement, simulate, type Tally } from './simulate.ts';

const MIB = 2 ** 20;
const SMALL = { firstTlb: 8, secondTlb: 32, walkCache: 4, cacheBytes: 64 * 64 };

const placements: fc.Arbitrary<Placement> = fc.record({
  movedPages: fc.nat(300),
  oldPagesAway: fc.boolean(),
  tables: fc.constantFrom('here', 'away', 'spread'),
  spreadData: fc.boolean(),
  tableCopy: fc.constantFrom(0, 1),
});
const patterns = fc.constantFrom('random', 'zipf', 'sequential');

function run(pattern: 'random' | 'zipf' | 'sequential', seed: number, placement: Placement): Tally {
  const sim = createSimulation(SMALL, { pattern, pages: 256, seed });
  const tally = emptyTally();
  simulate(sim, { count: 500, placement, tally });
  return tally;
}

describe('charged accesses', () => {
  it('add up, whatever the pattern and wherever data and tables are', () => {
    fc.assert(
      fc.property(patterns, fc.nat(), placements, (pattern, seed, placement) => {
        const t = run(pattern, seed, placement);
        expect(t.firstTlbHits + t.secondTlbHits + t.walks).toBe(t.accesses);
        expect(t.dataCached + t.dataLocal + t.dataRemote).toBe(t.accesses);
        const walked = t.walkCached + t.walkLocal + t.walkRemote;
        expect(walked).toBeGreaterThanOrEqual(t.walks);
        expect(walked).toBeLessThanOrEqual(4 * t.walks);
        expect(memoryReferences(t)).toBe(remoteReferences(t) + t.walkLocal + t.dataLocal);
        expect(trafficBytes(t)).toBe(64 * (t.walkRemote + t.dataRemote));
      }),
    );
  });

  it('go nowhere else when all is here, and every table reference does when tables are away', () => {
    fc.assert(
      fc.property(patterns, fc.nat(), (pattern, seed) => {
        const here = run(pattern, seed, ALL_HERE);
        expect(remoteReferences(here)).toBe(0);
        // Where tables are changes what a reference costs, never whether it hits.
        expect(run(pattern, seed, { ...ALL_HERE, tables: 'away' })).toEqual(withTablesAway(here));
      }),
    );
  });

  it('leave nothing away once every page and the tables have moved', () => {
    const moved: Placement = { ...ALL_HERE, movedPages: 256, oldPagesAway: true, tableCopy: 1 };
    expect(remoteReferences(run('random', 7, moved))).toBe(0);
    expect(run('random', 7, { ...moved, movedPages: 0 }).dataLocal).toBe(0);
  });

  it('wait as long as each reference costs, and take no longer than that nor less than a tenth with ten in flight', () => {
    fc.assert(
      fc.property(patterns, fc.nat(), placements, (pattern, seed, placement) => {
        const t = run(pattern, seed, placement);
        const one = { ...latenciesOf({ ...NUMA_DEFAULTS, inFlight: 1 }), ownCycles: 0 };
        const ten = { ...one, inFlight: 10 };
        const { walk, data } = waitsOf(t, one);
        expect(cyclesPerAccess(t, one) * t.accesses).toBeCloseTo(walk + data, 6);
        expect(cyclesPerAccess(t, ten)).toBeLessThanOrEqual(cyclesPerAccess(t, one));
        expect(cyclesPerAccess(t, ten) * 10).toBeGreaterThanOrEqual(cyclesPerAccess(t, one) - 1e-9);
      }),
    );
  });
});

describe('a set-associative cache', () => {
  it.each([1, 4, 7])(
    'agrees with a slow one that has a list for each key ever seen: one set of %i, the clock',
    (ways) => {
      const rng = createRng(5);
      const cache = createSetCache(ways, ways);
      let slots: { key: number; used: boolean }[] = [];
      let hand = 0;
      for (let i = 0; i < 20_000; i++) {
        const key = rng.next(2 * ways);
        const slot = slots.find((one) => one.key === key);
        if (slot === undefined && slots.length < ways) {
          slots = [...slots, { key, used: false }];
          hand = slots.length % ways;
        } else if (slot === undefined) {
          for (; slots[hand]?.used === true; hand = (hand + 1) % ways)
            slots[hand] = { key: slots[hand]?.key ?? 0, used: false };
          slots[hand] = { key, used: false };
          hand = (hand + 1) % ways;
        } else slot.used = true;
        expect(touchKey(cache, key)).toBe(slot !== undefined);
      }
    },
  );

  it('holds all of what fits, misses everything when it has no entries', () => {
    const cache = createSetCache(7, 7);
    for (let key = 0; key < 7; key++) expect(touchKey(cache, key)).toBe(false);
    for (let key = 0; key < 7; key++) expect(touchKey(cache, key)).toBe(true);
    const none = createSetCache(0, 4);
    expect([touchKey(none, 1), touchKey(none, 1)]).toEqual([false, false]);
  });
});

describe('the streams of addresses', () => {
  it.each(['random', 'zipf', 'sequential'] as const)('stay inside the working set: %s', (pattern) => {
    const stream = createStream(pattern, 64, 3);
    for (let i = 0; i < 10_000; i++) {
      const line = stream.next();
      expect(line >= 0 && line < 64 * LINES_PER_PAGE && Number.isInteger(line)).toBe(true);
    }
  });

  it('are skewed as zipf says: of 4096 pages the first tenth by rank gets about three quarters of the accesses', () => {
    const stream = createStream('zipf', 4096, 9);
    const counts = new Map<number, number>();
    for (let i = 0; i < 100_000; i++) {
      const page = stream.next() >>> 6;
      counts.set(page, (counts.get(page) ?? 0) + 1);
    }
    const ranked = [...counts.values()].sort((a, b) => b - a);
    const top = ranked.slice(0, 410).reduce((sum, n) => sum + n, 0) / 100_000;
    expect(top).toBeGreaterThan(0.68);
    expect(top).toBeLessThan(0.82);
  });
});

describe('in the steady state', () => {
  const params = (changed: Partial<NumaParams>): NumaParams => ({ ...NUMA_DEFAULTS, ...changed });
  it('a working set that fits into TLB reach and cache neither walks nor leaves them', () => {
    const t = steadyTally(params({ workingSetBytes: 16 * MIB, secondTlb: 16384 }));
    expect(t.walks / t.accesses).toBeLessThan(0.02);
    expect(memoryReferences(t) / t.accesses).toBeLessThan(0.02);
  });

  it('one that is far larger walks nearly every time, and reads its PTE from memory nearly every time', () => {
    const t = steadyTally(params({ workingSetBytes: 65536 * MIB }));
    expect(t.walks / t.accesses).toBeGreaterThan(0.99);
    expect(t.walkLocal / t.accesses).toBeGreaterThan(0.8);
  });
});
