import { describe, expect, it } from 'vitest';
import { buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { SCENARIOS, scenarioOf } from '../scenarios/scenarios.ts';
import { brokenIn } from '../scenarios/testing/failing.ts';
import { designOf } from '../scenarios/testing/rig.ts';
import { designCost } from './design-cost.ts';
import { withFlushCounter } from './flush-counter.ts';

const limbo = designOf('limbo-repaired');

function scenario(id: string): Scenario {
  const found = scenarioOf(id);
  if (found === null) throw new Error(`no scenario ${id}`);
  return found;
}

/** One for each relocation from enter to leave, and for each process that shares the moved table. */
function allowed({ threads, world }: Scenario): number {
  const relocations = threads.flatMap(({ actions }) =>
    actions.filter((action) => action.do.startsWith('relocate')),
  );
  return relocations.length * (world.shared?.mms.length ?? 1);
}

function tooMany(one: Scenario, overrides = {}): boolean {
  const spec = buildModel(one, { ...limbo, ...overrides }).model;
  return brokenIn(withFlushCounter(spec, allowed(one))).includes('few-flushes');
}

describe('the one flush of limbo-repaired', () => {
  it.each(SCENARIOS.map((one) => [one.id, one] as const))(
    'in no schedule of %s is there more than one flush for a relocation',
    { timeout: 60_000 },
    (_, one) => {
      expect(tooMany(one)).toBe(false);
    },
  );

  it('is what flushBy=relocation is for: put back, a fault flushes half-way, and there is a second one', () => {
    expect(tooMany(scenario('sleeping-fault'), { flushBy: 'anyone' })).toBe(true);
  });

  it('the counter counts: no flush at all is too little to move a table', () => {
    const spec = buildModel(scenario('two-dirty'), limbo).model;
    expect(brokenIn(withFlushCounter(spec, 0))).toContain('few-flushes');
  });
});

describe('what relocation costs', () => {
  const tree = scenario('tree');

  it('is the same each time, and a whole number of flushes in a run', () => {
    const one = designCost(tree, limbo, 1);
    expect(designCost(tree, limbo, 1)).toEqual(one);
    expect(one.flushes).toBe(1);
    expect(one.steps).toBeGreaterThan(one.locked);
  });

  it(
    'four tables: invalidate-first flushes for each but the top, limbo-repaired once',
    { timeout: 30_000 },
    () => {
      const first = designCost(tree, designOf('repaired'), 20);
      const later = designCost(tree, limbo, 20);
      expect(first.flushes).toBeGreaterThanOrEqual(4);
      expect(later.flushes).toBe(1);
      expect(later.ipis).toBeLessThan(first.ipis);
    },
  );
});
