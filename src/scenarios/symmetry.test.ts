import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import type { ModelSpec } from '../explorer/model.ts';
import { symmetryOf } from '../explorer/symmetry.ts';
import { orbitsOf } from '../explorer/testing/orbits.ts';
import { at } from '../lib/at.ts';
import { buildModel } from './build.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS, scenarioOf } from './scenarios.ts';
import type { ThreadScript } from './script.ts';
import { designOf } from './testing/rig.ts';
import { moverOn, reads, scenarioOn, userOn, writes } from './testing/worlds.ts';

function specOf(id: string, version: string): ModelSpec {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  return buildModel(scenario, designOf(version)).model;
}

/** A batch of old tables that is due is found by looking for the first one: who was first to ask makes a difference. */
const BATCHES = ['2008-01-17', '2008-03-19'];

describe('CPUs that do the same', () => {
  it('are looked for in every scenario; of those that there are only two-relocators has some', () => {
    const some = SCENARIOS.filter(
      (scenario) => (buildModel(scenario, designOf('2008-05-09')).model.swaps ?? []).length > 0,
    );
    expect(some.map(({ id }) => id)).toEqual(['two-relocators']);
  });

  it.each(VERSIONS.map(({ id }) => id))(
    'stand for each other in two-relocators, %s, unless batches of callbacks tell them apart',
    (id) => {
      const { twins, refused } = symmetryOf(specOf('two-relocators', id));
      expect(twins).toEqual(BATCHES.includes(id) ? [] : [['CPU1', 'CPU2']]);
      expect(refused.map(({ why }) => why.includes('a grace period is over'))).toEqual(
        BATCHES.includes(id) ? [true] : [],
      );
    },
  );

  it.each(['2008-05-09', 'limbo-repaired'])(
    'can be swapped in every state of two-relocators, %s: each step has its image there, which breaks and reaches the same',
    (id) => {
      const spec = specOf('two-relocators', id);
      const { odd, orbits, states } = orbitsOf(spec, at(spec.swaps ?? [], 0));
      expect(odd).toBe(0);
      expect(orbits).toBeLessThan(states * 0.51);
    },
  );

  it('cannot be swapped in every state where it was refused', () => {
    const spec = specOf('two-relocators', '2008-03-19');
    expect(orbitsOf(spec, at(spec.swaps ?? [], 0)).odd).toBeGreaterThan(0);
  });
});

describe('in worlds that users make', () => {
  const twinsOf = (scenario: Scenario, version = '2008-05-09') =>
    symmetryOf(buildModel(scenario, designOf(version)).model);
  const reclaimOn = (cpu: number): ThreadScript => ({
    cpu,
    name: 'reclaim',
    mm: 0,
    actions: [{ do: 'reclaim', mm: 0, va: 0 }],
  });

  it('any CPUs with the same to do are found, and all of them stand for each other', () => {
    const movers = [1, 2, 3].map((cpu) => moverOn(cpu, 1));
    const many = scenarioOn({ destination: 3 }, [userOn(0, writes(0)), ...movers]);
    expect(twinsOf(many).twins).toEqual([['CPU1', 'CPU2', 'CPU3']]);
    const reclaimers = scenarioOn({}, [userOn(0, writes(0)), moverOn(1, 1), reclaimOn(2), reclaimOn(3)]);
    expect(twinsOf(reclaimers).twins).toEqual([['CPU2', 'CPU3']]);
    const users = scenarioOn({ running: [0, 1] }, [userOn(0, writes(0)), userOn(1, writes(0))]);
    expect(twinsOf(users).twins).toEqual([['CPU0', 'CPU1']]);
    const movingFor = scenarioOn({}, [userOn(0, reads(0)), moverOn(1, 1), moverOn(2, 'top')]);
    expect(twinsOf(movingFor)).toMatchObject({ twins: [], refused: [] });
  });

  it('CPUs that get their IPIs one after the other do not stand for each other, and it is said where', () => {
    const users = [0, 1].map((cpu) => userOn(cpu, writes(0)));
    const { twins, refused } = twinsOf(scenarioOn({ running: [0, 1] }, [...users, moverOn(2, 1)]));
    expect(twins).toEqual([]);
    expect(refused).toEqual([
      {
        names: ['CPU0', 'CPU1'],
        why: 'cpu2 tells them apart in “send an IPI to every other CPU in cpu_vm_mask”',
      },
    ]);
  });
});
