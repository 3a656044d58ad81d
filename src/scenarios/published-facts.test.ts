import { describe, expect, it } from 'vitest';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_W, entryFrame } from '../machine/entry.ts';
import { kindNumber } from '../machine/world.ts';
import { scenarioOf } from './scenarios.ts';
import {
  brokenBy,
  canMove,
  designOf,
  driveAll,
  driveToStop,
  driveUntil,
  poke,
  read,
  rigOf,
  type Rig,
  stepActor,
  type Taken,
} from './testing/rig.ts';
import { startTable } from './testing/worlds.ts';

/** Two races that the thread of 2008 itself describes, each as one schedule whose every turn is looked at. */
function rigIn(id: string, version: string): Rig {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  return rigOf(scenario, designOf(version));
}

const kind = (rig: Rig, frame: number): number => read(rig, 'frame.kind', frame);
/** Takes steps until the actor has done what matches; the steps before broke nothing. */
function until(rig: Rig, id: string, wanted: RegExp): Taken {
  expect(brokenBy(driveUntil(rig, id, wanted))).toEqual([]);
  return stepActor(rig, id);
}

describe('the author’s own race: 2008-01-04 frees before the flush', () => {
  /** CPU0 has read the PGD entry; CPU1 has put the PMD table into limbo and sleeps over its next allocation. */
  function halfWay(version: string): { rig: Rig; pmd: number } {
    const rig = rigIn('tree3', version);
    const pmd = startTable(rig.scene.world, 0, 1);
    expect(until(rig, 'cpu0', /^walk: read pgd/).label).toContain(`frame ${String(pmd)}`);
    until(rig, 'cpu1', /^swing pgd/);
    until(rig, 'cpu1', /may sleep/);
    return { rig, pmd };
  }

  it('RCU frees the old PMD table while the flush is still due, and the walk under way reads it', () => {
    const { rig, pmd } = halfWay('2008-01-04');
    expect(kind(rig, pmd)).toBe(kindNumber('limbo'));
    expect(read(rig, 'mm.need_flush')).toBe(1);
    expect(stepActor(rig, 'rcu').label).toBe(`RCU callback: free frame ${String(pmd)}`);
    expect(kind(rig, pmd)).toBe(kindNumber('freed-table'));
    expect(read(rig, 'mm.need_flush')).toBe(1);
    const touched = stepActor(rig, 'cpu0');
    expect(touched.label).toMatch(new RegExp(`^walk: read pmd\\[0\\] in frame ${String(pmd)}`));
    expect(touched.found.map(({ id }) => id)).toContain('no-use-after-free');
  });

  it('a CPU in user mode is quiescent in the middle of its walk: nothing holds the callback back', () => {
    const { rig } = halfWay('2008-01-04');
    expect(read(rig, 'cpu.kernel', 0)).toBe(0);
    expect(canMove(rig, 'rcu')).toBe(true);
  });

  it('2008-01-17 frees after the flush: at the same place no callback is due, and the walk reads the old table unharmed', () => {
    const { rig, pmd } = halfWay('2008-01-17');
    expect(canMove(rig, 'rcu')).toBe(false);
    expect(brokenBy([stepActor(rig, 'cpu0')])).toEqual([]);
    const taken = [...driveToStop(rig, 'cpu0'), ...driveToStop(rig, 'cpu1'), ...driveToStop(rig, 'ipi0')];
    taken.push(...driveToStop(rig, 'cpu1'), ...driveToStop(rig, 'rcu'));
    expect(brokenBy(taken)).not.toContain('no-use-after-free');
    expect(kind(rig, pmd)).toBe(kindNumber('freed-table'));
  });
});

/** CPU1 has copied the entry of va0, and CPU0, through its walk cache, then sets D in the old one. */
function dirtiedInLimbo(id: string, version: string): { rig: Rig; old: number; page: number } {
  const rig = rigIn(id, version);
  const old = startTable(rig.scene.world, 0, 1);
  const page = entryFrame(read(rig, 'entries', 0, old));
  driveUntil(rig, 'cpu0', /^(read|write) va0/);
  if (id === 'write-reclaim') {
    until(rig, 'cpu0', /^read from/);
    expect(read(rig, 'cpu.tlb', 0, 0) & (ENTRY_W | ENTRY_D)).toBe(ENTRY_W);
  } else driveUntil(rig, 'cpu0', /^set A and D/);
  expect(read(rig, 'cpu.walk_cache', 0, 0)).toBe(old);
  until(rig, 'cpu1', /^copy pte\[0\]/);
  until(rig, 'cpu1', /^swing pgd/);
  const fresh = entryFrame(read(rig, 'entries', 0, startTable(rig.scene.world, 0, 0)));
  expect([kind(rig, old), kind(rig, fresh)]).toEqual([kindNumber('limbo'), kindNumber('table')]);
  const walk = driveUntil(rig, 'cpu0', /^set A and D/);
  expect(walk.filter(({ label }) => label.includes('read pgd'))).toEqual([]);
  expect(stepActor(rig, 'cpu0').label).toBe(`set A and D in pte[0] in frame ${String(old)}`);
  expect(stepActor(rig, 'cpu0').label).toMatch(/^write to/);
  expect(read(rig, 'entries', 0, old) & ENTRY_D).toBe(ENTRY_D);
  expect(read(rig, 'entries', 0, fresh) & (ENTRY_P | ENTRY_A | ENTRY_D)).toBe(ENTRY_P | ENTRY_A);
  expect(entryFrame(read(rig, 'entries', 0, fresh))).toBe(page);
  return { rig, old, page };
}

/** CPU2 goes on until it has done what matches; CPU0 answers its flushes. It never marks the page dirty. */
function reclaimUntil(rig: Rig, wanted: RegExp): Taken {
  for (let steps = 0; steps < 200; steps++) {
    if (!canMove(rig, 'cpu2')) {
      driveToStop(rig, 'ipi0');
      continue;
    }
    const taken = stepActor(rig, 'cpu2');
    expect(taken.label).not.toMatch(/^(mark frame .* dirty|write frame .* out)/);
    if (wanted.test(taken.label)) return taken;
  }
  throw new Error(`reclaim never came to ${String(wanted)}`);
}

describe('the thread’s dirty-bit race: D is set in the old table after its entry was copied', () => {
  const versions = ['2008-01-17', '2008-03-19', '2008-04-29', '2008-05-09'];
  const places = ['write-reclaim', 'flush-race'].flatMap((id) => versions.map((v) => [id, v] as const));

  it.each(places)(
    '%s, %s: reclaim sees a clean entry and drops a page that was written to',
    (id, version) => {
      const { rig, page } = dirtiedInLimbo(id, version);
      until(rig, 'cpu1', /^test and clear NEED_FLUSH: set/);
      const current = currentPte(rig);
      expect(reclaimUntil(rig, /^test and clear young/).label).toMatch(/frame 101$/);
      expect(read(rig, 'entries', 0, current) & ENTRY_D).toBe(0);
      expect(reclaimUntil(rig, /^read and clear pte/).label).toMatch(/frame 101$/);
      expect(reclaimUntil(rig, /^drop frame/).found.map((f) => f.id)).toContain('no-lost-dirty');
      expect(kind(rig, page)).toBe(kindNumber('dropped'));
      expect([read(rig, 'frame.dirty', page), read(rig, 'ghost.newer', page)]).toEqual([0, 1]);
    },
  );

  it('invalidate-first closes it: no CPU can reach the old table once its entries are copied', () => {
    const rig = rigIn('write-reclaim', 'invalidate-first');
    const old = startTable(rig.scene.world, 0, 1);
    until(rig, 'cpu0', /^read from/);
    driveUntil(rig, 'cpu1', /^all acknowledged/);
    expect(canMove(rig, 'cpu1')).toBe(false);
    driveToStop(rig, 'ipi0');
    expect([read(rig, 'cpu.tlb', 0, 0), read(rig, 'cpu.walk_cache', 0, 0)]).toEqual([0, 0]);
    until(rig, 'cpu1', /^copy pte\[0\]/);
    driveUntil(rig, 'cpu0', /down_read/);
    expect(read(rig, 'entries', 0, old) & ENTRY_D).toBe(0);
  });

  it('the check is not blind: had D been carried to the current entry, the page would be written out first', () => {
    const { rig, page } = dirtiedInLimbo('write-reclaim', '2008-04-29');
    until(rig, 'cpu1', /^test and clear NEED_FLUSH: set/);
    const current = currentPte(rig);
    poke(rig, 'entries', read(rig, 'entries', 0, current) | ENTRY_D, [0, current]);
    const taken = driveAll(rig, 'cpu2');
    expect(taken.map(({ label }) => label.replace(/ \d+/, ''))).toContain('write frame out: it is clean now');
    expect(brokenBy(taken)).toEqual([]);
    expect([kind(rig, page), read(rig, 'ghost.newer', page)]).toEqual([kindNumber('dropped'), 0]);
  });
});

const currentPte = (rig: Rig): number => entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd')));
