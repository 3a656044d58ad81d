import { describe, expect, it } from 'vitest';
import type { Design } from '../kernel/design.ts';
import { ENTRY_D, ENTRY_LEAF, ENTRY_P, entryFrame } from '../machine/entry.ts';
import { FURTHER } from './further.ts';
import type { Scenario } from './scenario.ts';
import { tablePoolName } from './small-world.ts';
import { failingIn } from './testing/failing.ts';
import { designOf, driveAll, driveUntil, read, rigOf } from './testing/rig.ts';
import { scenarioOn, userOn, writes } from './testing/worlds.ts';

function further(id: string): Scenario {
  const found = FURTHER.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return found;
}

describe('a range of frames', () => {
  const moved = { nodeTest: 'pointee' } as const;

  it('loses the tables that are in it, and no other: PGD and the other PTE table stay', () => {
    const rig = rigOf(further('hot-remove'), designOf('2008-05-09', moved));
    driveAll(rig, 'cpu1');
    const { node } = rig.scene.world;
    const pgd = read(rig, 'mm.pgd');
    const pmd = entryFrame(read(rig, 'entries', 0, pgd));
    const ptes = [0, 1].map((i) => entryFrame(read(rig, 'entries', i, pmd)));
    expect([pgd, pmd, ...ptes].map((frame) => node[frame])).toEqual([0, 1, 1, 0]);
  });

  it(
    'is not emptied where the frame that holds the entry is asked, and completeness says so',
    { timeout: 60_000 },
    () => {
      const failed = failingIn(further('hot-remove'), designOf('2008-05-09', { nodeTest: 'holder' }));
      expect(failed).toEqual(['completeness']);
      expect(failingIn(further('hot-remove'), designOf('repaired'))).toEqual([]);
    },
  );
});

describe('a huge page', () => {
  it('is mapped by a PMD entry, cached under its own slot, and written with D there', () => {
    const rig = rigOf(further('huge'), designOf('repaired'));
    driveUntil(rig, 'cpu0', /^write to frame/);
    const pmd = entryFrame(read(rig, 'entries', 0, read(rig, 'mm.pgd')));
    const entry = read(rig, 'entries', 1, pmd);
    expect(entry & (ENTRY_P | ENTRY_LEAF | ENTRY_D)).toBe(ENTRY_P | ENTRY_LEAF | ENTRY_D);
    expect(read(rig, 'cpu.tlb', 2, 0)).toBe(entry);
  });

  it(
    'loses D in a PMD table in limbo where only PTE tables are linked; links above, or a flush before the copy, keep it',
    { timeout: 60_000 },
    () => {
      const fails = (version: string, overrides: Partial<Design> = {}): readonly string[] =>
        failingIn(further('huge'), designOf(version, overrides));
      for (const version of ['2008-04-29', '2008-05-09'])
        expect(fails(version), version).toEqual(['no-lost-dirty']);
      expect(fails('limbo-repaired', { linkLevels: 'pte' })).toEqual(['no-lost-dirty']);
      for (const version of ['repaired', 'limbo-repaired'])
        for (const replicas of ['none', 'per-node'] as const)
          expect(fails(version, { replicas }), `${version} ${replicas}`).toEqual([]);
    },
  );
});

describe('larger geometries', () => {
  it('five levels are walked, moved and searched to the end', { timeout: 60_000 }, () => {
    expect(further('five-levels').world.levels.map(({ name }) => name)).toEqual([
      'PGD',
      'P4D',
      'PUD',
      'PMD',
      'PTE',
    ]);
    expect(failingIn(further('five-levels'), designOf('repaired'))).toEqual([]);
    expect(failingIn(further('five-levels'), designOf('2008-01-04'))).toContain('no-use-after-free');
  });

  it(
    'four nodes: a table goes to the node that is named, with and without copies on each',
    { timeout: 60_000 },
    () => {
      const tables = [{ level: 1, va: 0 }];
      const action = { do: 'relocate', mm: 0, pool: tablePoolName(3), tables } as const;
      const mover = { cpu: 1, name: 'relocate', mm: 0, actions: [action] };
      const scenario = scenarioOn(
        { shape: 'two', vas: [{}], furtherNodes: [0, 1], destination: 0, cpuNodes: [2, 0] },
        [userOn(0, writes(0)), mover],
      );
      expect(scenario.world.nodes).toBe(4);
      for (const replicas of ['none', 'per-node'] as const)
        expect(failingIn(scenario, designOf('repaired', { replicas })), replicas).toEqual([]);
    },
  );
});
