import { describe, expect, it } from 'vitest';
import { cacheSlots } from '../machine/caches.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_W, makeEntry } from '../machine/entry.ts';
import { driveUntil, lines, poke, read, rigOf, type Rig, designOf, stepActor } from './testing/rig.ts';
import { reads, scenarioOn, startTable, userOn, writes } from './testing/worlds.ts';

const design = designOf('2008-05-09');
const PWA = ENTRY_P | ENTRY_W | ENTRY_A;

/** CPU0 alone with these accesses, in two levels: PTE table frame 2, pages 9 and 10. */
function alone(...actions: Parameters<typeof userOn>[1][]): Rig {
  return rigOf(scenarioOn({}, [userOn(0, ...actions)]), design);
}

const pte = (rig: Rig): number => startTable(rig.scene.world, 0, 1);
const leaf = (rig: Rig): number => read(rig, 'entries', 0, pte(rig));
/** The tags of all steps up to and with the data access. */
function access(rig: Rig): string[] {
  const taken = driveUntil(rig, 'cpu0', /^(read from|write to)/);
  return [...taken, stepActor(rig, 'cpu0')].map(({ tag }) => tag);
}

describe('TLB (kernel.md 2.1, 2.2)', () => {
  it('2.1 an access looks in the TLB, walks on a miss, then touches the data', () => {
    const rig = alone(reads(0));
    expect(access(rig)).toEqual(['tlb', 'walk', 'walk', 'data']);
  });

  it('2.1 a second read of the page is served by the TLB, without looking at the tables', () => {
    const rig = alone(reads(0), reads(0));
    access(rig);
    poke(rig, 'entries', 0, [0, pte(rig)]);
    expect(access(rig)).toEqual(['tlb', 'data']);
  });

  it('2.2 a TLB entry keeps the page, W and the D that the walk saw', () => {
    const rig = alone(reads(0));
    access(rig);
    expect(read(rig, 'cpu.tlb', 0, 0)).toBe(leaf(rig));
    expect(read(rig, 'cpu.tlb', 0, 0) & (PWA | ENTRY_D)).toBe(PWA);
  });

  it('2.2 a hit with W and D serves a write with no access to the tables', () => {
    const rig = alone(writes(0), writes(0));
    expect(access(rig)).toEqual(['tlb', 'walk', 'walk', 'set-d', 'data']);
    expect(access(rig)).toEqual(['tlb', 'data']);
  });

  it('2.2 a write that hits an entry with D=0 walks again and sets D, in the table and in the TLB', () => {
    const rig = alone(reads(0), writes(0));
    access(rig);
    expect(access(rig)).toEqual(['tlb', 'walk', 'set-d', 'data']);
    expect(leaf(rig) & ENTRY_D).toBe(ENTRY_D);
    expect(read(rig, 'cpu.tlb', 0, 0) & ENTRY_D).toBe(ENTRY_D);
  });

  it('2.2 a write that hits an entry without W faults, but only after a fresh walk', () => {
    const rig = alone(reads(0), writes(0));
    poke(rig, 'entries', leaf(rig) & ~ENTRY_W, [0, pte(rig)]);
    access(rig);
    expect(lines(driveUntil(rig, 'cpu0', /down_read/)).map((l) => l.split(' in ')[0])).toEqual([
      'tlb: write va0: look',
      'walk: walk: read pte[0]',
    ]);
  });

  it('2.2 that fresh walk sees a W that the table has by now, and no fault comes', () => {
    const rig = alone(reads(0), writes(0));
    poke(rig, 'entries', leaf(rig) & ~ENTRY_W, [0, pte(rig)]);
    access(rig);
    poke(rig, 'entries', leaf(rig) | ENTRY_W, [0, pte(rig)]);
    expect(access(rig)).toEqual(['tlb', 'walk', 'set-d', 'data']);
  });

  it('2.2 a hit leads to the page that was cached, though the table has another one by now', () => {
    const rig = alone(reads(0), reads(0));
    access(rig);
    const cached = read(rig, 'cpu.tlb', 0, 0);
    poke(rig, 'entries', makeEntry(10, PWA), [0, pte(rig)]);
    const data = driveUntil(rig, 'cpu0', /^$/).at(-1);
    expect(data?.label).toContain(`frame ${String(rig.scene.world.pfn[cached >>> 6])} `);
  });

  it('two addresses of one page share a TLB slot, two pages do not', () => {
    const { world } = alone(reads(0)).scene;
    const [one, two] = world.vas;
    if (one === undefined || two === undefined) throw new Error('two vas wanted');
    expect(cacheSlots({ ...world, vas: [one, { ...two, path: one.path }] }).tlb).toEqual([0, 0]);
    expect(cacheSlots(world).tlb).toEqual([0, 1]);
  });
});
