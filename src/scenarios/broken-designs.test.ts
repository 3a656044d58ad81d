import { describe, expect, it } from 'vitest';
import type { Design } from '../kernel/design.ts';
import { naiveSearch } from '../explorer/naive-search.ts';
import { at } from '../lib/at.ts';
import { createRng } from '../lib/rng.ts';
import { PROPERTIES, type PropertyId } from '../properties/properties.ts';
import { scenarioOf } from './scenarios.ts';
import type { Scenario } from './scenario.ts';
import { failingIn } from './testing/failing.ts';
import { brokenBy, designOf, freshRig, movesOf, rigOf, stepFast, type Taken } from './testing/rig.ts';

interface Broken {
  readonly scenario: Scenario;
  readonly version: string;
  readonly overrides?: Partial<Design>;
  /** Where a search would take too long: a seed of a random run that gets there. */
  readonly seeds?: number;
}

function named(id: string): Scenario {
  const found = scenarioOf(id);
  if (found === null) throw new Error(`no scenario ${id}`);
  return found;
}

/** For each property a design that fails it: a property that nothing can fail checks nothing. */
const BROKEN: Readonly<Record<PropertyId, Broken>> = {
  'no-use-after-free': {
    scenario: named('tree3'),
    version: '2008-01-04',
    overrides: { nodeTest: 'pointee' },
  },
  'no-lost-write': { scenario: named('fault'), version: '2008-01-17' },
  'no-lost-dirty': { scenario: named('two-dirty'), version: '2008-04-29' },
  'no-stale-translation': { scenario: named('write-protected'), version: '2008-01-17', seeds: 400 },
  'no-empty-dereference': { scenario: named('fault'), version: 'invalidate-first' },
  'no-lost-accessed': { scenario: named('not-young'), version: '2008-04-29' },
  'no-deadlock': { scenario: named('irqs-off'), version: '2008-01-17' },
  'lock-order': { scenario: named('mremap'), version: '2008-04-29' },
  'lock-ownership': { scenario: named('top'), version: '2008-03-19' },
  counts: { scenario: named('no-memory'), version: '2008-03-19' },
  'no-leak': { scenario: named('no-memory'), version: '2008-05-09' },
  completeness: { scenario: named('tree3'), version: '2008-05-09', overrides: { nodeTest: 'holder' } },
  'translation-kept': { scenario: named('mremap'), version: '2008-01-17' },
};

function searched({ scenario, version, overrides }: Broken): string[] {
  const { model } = rigOf(scenario, designOf(version, overrides));
  return [...naiveSearch(model, 8000).violations.keys()];
}

function tried({ scenario, version, overrides, seeds = 0 }: Broken): string[] {
  const base = rigOf(scenario, designOf(version, overrides));
  const broken = new Set<string>();
  for (let seed = 1; seed <= seeds; seed++) {
    const rig = freshRig(base);
    const rng = createRng(seed * 7919);
    const taken: Taken[] = [];
    for (let moves = movesOf(rig); moves.length > 0 && taken.length < 600; moves = movesOf(rig))
      taken.push(stepFast(rig, at(moves, rng.next(moves.length))));
    for (const id of brokenBy(taken)) broken.add(id);
  }
  return [...broken];
}

describe('properties', () => {
  it.each(PROPERTIES)('$id can fail: a broken design does', { timeout: 30_000 }, ({ id }) => {
    const broken = BROKEN[id];
    expect(broken.seeds === undefined ? searched(broken) : tried(broken)).toContain(id);
  });

  it(
    'progress can fail: a PDPTE register that stays empty makes invalidate-first go round for ever',
    { timeout: 60_000 },
    () => {
      const back = designOf('repaired', { pdpteReload: 'no' });
      expect(failingIn(named('pae'), back)).toEqual(['progress']);
      expect(failingIn(named('pae'), designOf('repaired'))).toEqual([]);
    },
  );

  it('the search finds accessed bits lost where none are carried over, and none where they are', () => {
    const carried = { adBits: 'at-free', adFreeMerge: 'every-entry' } as const;
    const kept = searched({ scenario: named('not-young'), version: '2008-04-29', overrides: carried });
    expect(kept).toEqual([]);
  });
});
