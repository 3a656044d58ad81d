import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { cacheSlots } from '../machine/caches.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_SHIFT, ENTRY_W, entryFrame } from '../machine/entry.ts';
import type { World } from '../machine/world.ts';
import { designOf, driveUntil, nextLabel, poke, read, rigOf, type Rig, stepActor } from './testing/rig.ts';
import { moverOn, reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';
import type { Shape } from './small-world.ts';

const SHAPES: readonly Shape[] = ['two', 'three', 'pae', 'four', 'five'];
const design = designOf('2008-05-09');

function userRig(shape: Shape, ...actions: ReturnType<typeof reads>[]): Rig {
  return rigOf(scenarioOn({ shape, vas: [{}, {}, {}] }, [userOn(0, ...actions)]), design);
}

const upTo = (rig: Rig, wanted = /^(read from|write to)|down_read/) => driveUntil(rig, 'cpu0', wanted);
const bottom = (world: World): number => world.levels.length - 1;
const leafOf = (rig: Rig): [number, number] => [0, startTable(rig.scene.world, 0, bottom(rig.scene.world))];
/** "pmd[0]" of each table entry that the walk read. */
const entriesRead = (taken: ReturnType<typeof upTo>): string[] =>
  taken.filter(({ tag }) => tag === 'walk').map(({ label }) => /read (\w+\[\d\])/.exec(label)?.[1] ?? '');

describe('the start of a walk (kernel.md 2.3)', () => {
  it.each(SHAPES)('2.3 %s: it starts below the deepest matching cache entry, else at CR3', (shape) => {
    const { world } = userRig(shape, reads(0)).scene;
    const names = world.levels.map(({ name }) => `${name.toLowerCase()}[0]`);
    const first = world.pdpteRegisters ? 1 : 0;
    expect(entriesRead(upTo(userRig(shape, reads(0))))).toEqual(names.slice(first));
    for (let level = first; level < bottom(world); level++) {
      const rig = userRig(shape, reads(0));
      for (const slot of at(cacheSlots(world).walk, 0)) {
        const cached = at(cacheSlots(world).walkSlots, slot).level;
        if (cached <= level) poke(rig, 'cpu.walk_cache', startTable(world, 0, cached + 1), [slot, 0]);
      }
      expect(entriesRead(upTo(rig))).toEqual(names.slice(level + 1));
    }
  });

  it('2.3 it reads whatever the frame that it was led to holds now, a table in limbo too', () => {
    const threads = [userOn(0, reads(0), writes(1)), moverOn(1, 2)];
    const rig = rigOf(scenarioOn({ shape: 'three' }, threads), design);
    const old = startTable(rig.scene.world, 0, 2);
    driveUntil(rig, 'cpu0', /write va1/);
    driveUntil(rig, 'cpu1', /test and clear NEED_RELOAD/);
    const taken = upTo(rig);
    expect(taken.at(-1)?.label).toBe(`set A and D in pte[1] in frame ${String(rig.scene.world.pfn[old])}`);
    expect(read(rig, 'entries', 1, old) & ENTRY_D).toBe(ENTRY_D);
    const now = entryFrame(read(rig, 'entries', 0, startTable(rig.scene.world, 0, 1)));
    expect(now).not.toBe(old);
    expect(read(rig, 'entries', 1, now) & ENTRY_D).toBe(0);
    expect(taken.flatMap(({ found }) => found.map(({ id }) => id))).toEqual(
      expect.arrayContaining(['walk-through-limbo', 'dirty-in-limbo']),
    );
  });

  it('2.3 every entry read and every update is a step of its own, so that others can come between', () => {
    const rig = userRig('four', writes(0));
    for (let level = 0; level < 4; level++)
      poke(rig, 'entries', read(rig, 'entries', 0, startTable(rig.scene.world, 0, level)) & ~ENTRY_A, [
        0,
        startTable(rig.scene.world, 0, level),
      ]);
    const tags = upTo(rig).map(({ tag }) => tag);
    expect(tags).toEqual(['tlb', 'walk', 'set-a', 'walk', 'set-a', 'walk', 'set-a', 'walk', 'set-d']);
  });
});

describe('A and D (kernel.md 2.4, 2.5)', () => {
  it.each(['P', 'W'] as const)('2.4 the update that sets D looks at %s again: gone means a fault', (bit) => {
    const rig = userRig('three', writes(0));
    upTo(rig, /^set A and D/);
    const now = read(rig, 'entries', ...leafOf(rig)) & ~(bit === 'P' ? ENTRY_P : ENTRY_W);
    poke(rig, 'entries', now, leafOf(rig));
    stepActor(rig, 'cpu0');
    expect(read(rig, 'entries', ...leafOf(rig))).toBe(now);
    expect(read(rig, 'cpu.tlb', 0, 0)).toBe(0);
    expect(nextLabel(rig, 'cpu0')).toMatch(/down_read/);
  });

  it('2.4 the update of an upper entry looks at P again: gone means a fault', () => {
    const rig = userRig('three', reads(0));
    const pgd = startTable(rig.scene.world, 0, 0);
    poke(rig, 'entries', read(rig, 'entries', 0, pgd) & ~ENTRY_A, [0, pgd]);
    upTo(rig, /^set A in pgd/);
    poke(rig, 'entries', 0, [0, pgd]);
    stepActor(rig, 'cpu0');
    expect(read(rig, 'entries', 0, pgd)).toBe(0);
    expect(nextLabel(rig, 'cpu0')).toMatch(/down_read/);
  });

  it('2.4 the update takes the entry as it is then: a page swapped in between is the one that is cached', () => {
    const rig = userRig('two', writes(0));
    upTo(rig, /^set A and D/);
    const other = read(rig, 'entries', 1, leafOf(rig)[1]);
    poke(rig, 'entries', other, leafOf(rig));
    stepActor(rig, 'cpu0');
    expect(read(rig, 'cpu.tlb', 0, 0)).toBe(other | ENTRY_A | ENTRY_D);
    expect(nextLabel(rig, 'cpu0')).toContain(String(rig.scene.world.pfn[entryFrame(other)]));
  });

  it('2.5 PAE: the top entries have no A and no W; a walk needs and sets neither', () => {
    const rig = userRig('pae', writes(0));
    const pgd = startTable(rig.scene.world, 0, 0);
    expect(read(rig, 'entries', 0, pgd) & (ENTRY_A | ENTRY_W | ENTRY_D)).toBe(0);
    const before = read(rig, 'entries', 0, pgd);
    expect(upTo(rig).at(-1)?.tag).toBe('set-d');
    expect(read(rig, 'entries', 0, pgd)).toBe(before);
  });

  it('2.6 PAE: the walk uses the registers, not the PGD in memory', () => {
    const rig = userRig('pae', reads(0));
    poke(rig, 'entries', 0, [0, startTable(rig.scene.world, 0, 0)]);
    expect(nextLabel(rig, 'cpu0')).toMatch(/look in the TLB/);
    upTo(rig);
    expect(nextLabel(rig, 'cpu0')).toMatch(/^read from/);
  });
});

/** What a walk of memory alone does: which entries get A (and D), and the page; obvious and slow. */
function referenceWalk(world: World, entries: Int32Array, vaId: number, write: boolean) {
  const after = entries.slice();
  const path = at(world.vas, vaId).path;
  let frame = at(world.mms, 0).pgd;
  for (const [level, index] of path.entries()) {
    const place = frame * world.stride + index;
    const entry = at(after, place);
    const isLeaf = level === path.length - 1;
    if ((entry & ENTRY_P) === 0) return { page: 0, after };
    if (isLeaf && write && (entry & ENTRY_W) === 0) return { page: 0, after };
    const hasBits = !(world.pdpteRegisters && level === 0);
    if (hasBits) after[place] = entry | ENTRY_A | (isLeaf && write ? ENTRY_D : 0);
    frame = entry >> ENTRY_SHIFT;
  }
  return { page: frame, after };
}

describe('walks at 2, 3 (and PAE), 4 and 5 levels', () => {
  it.each(SHAPES)('%s: agree with a slow walk of plain memory, whatever flags the entries have', (shape) => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.constantFrom(ENTRY_P, ENTRY_W, ENTRY_A, ENTRY_D)), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.nat(2), fc.boolean(), changes, (vaId, write, flips) => {
        const { world: base, ...rest } = scenarioOn({ shape, vas: [{}, {}, {}] }, [
          userOn(0, write ? writes(vaId) : reads(vaId)),
        ]);
        const entries = base.entries.slice();
        const used = [...entries.keys()].filter((i) => at(entries, i) !== 0);
        for (const [i, bit] of flips) {
          const place = at(used, i % used.length);
          entries[place] = at(entries, place) ^ bit;
        }
        const world = { ...base, entries };
        const rig = rigOf({ ...rest, world }, design);
        const expected = referenceWalk(world, entries, vaId, write);
        upTo(rig);
        const next = nextLabel(rig, 'cpu0');
        if (expected.page === 0) expect(next).toMatch(/down_read/);
        else expect(next).toContain(` frame ${String(world.pfn[expected.page])} `);
        const now = Int32Array.from(entries, (_, i) =>
          read(rig, 'entries', i % world.stride, Math.floor(i / world.stride)),
        );
        expect(now).toEqual(expected.after);
      }),
      { numRuns: 50 },
    );
  });
});
