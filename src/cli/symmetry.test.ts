import { describe, expect, it } from 'vitest';
import { reachedMoments } from '../explorer/search.ts';
import { orbitsOf } from '../explorer/testing/orbits.ts';
import { at } from '../lib/at.ts';
import { searchedWorld } from '../reports/searched-world.ts';
import { verdictsOf } from '../reports/verdicts.ts';
import { buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { moverOn, scenarioOn, userOn, writes } from '../scenarios/testing/worlds.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { searchModel, searchOnCores } from './run-engine.ts';
import { jsonOfSearch, textOfSearch } from './search-text.ts';

const LIMITS = { maxStates: 1e6, maxBytes: 1e9 };

function specOf(scenario: Scenario, version: string) {
  return buildModel(scenario, chooseDesign(version, []).design).model;
}

const twoRelocators = chooseScenario('two-relocators');
const threeRelocators = scenarioOn({ destination: 1 }, [
  userOn(0, writes(0)),
  ...[1, 2, 3].map((cpu) => moverOn(cpu, 1)),
]);

describe('a reduced search where CPUs stand for each other', () => {
  it.each(['2008-05-09', 'limbo-repaired'])('keeps one state of each pair of images: %s', (version) => {
    const spec = specOf(twoRelocators, version);
    const { orbits } = orbitsOf(spec, at(spec.swaps ?? [], 0));
    expect(searchModel(spec, LIMITS, { reduce: true }).findings.store.count).toBe(orbits);
  });

  it('keeps less than a fifth of the states of three, at the same depth, with the same verdicts and moments', () => {
    const spec = specOf(threeRelocators, '2008-04-29');
    const [whole, reduced] = [false, true].map((reduce) => searchModel(spec, LIMITS, { reduce }).findings);
    if (whole === undefined || reduced === undefined) throw new Error('not searched');
    expect(reduced.text.symmetry).toEqual({ twins: [['CPU1', 'CPU2', 'CPU3']], refused: [], images: 6 });
    expect(reduced.store.count).toBeLessThan(whole.store.count / 5);
    expect(reduced.depth).toBe(whole.depth);
    const said = [whole, reduced].map((findings) =>
      verdictsOf(threeRelocators, findings, null).map(({ property, verdict }) => `${property} ${verdict}`),
    );
    expect(said[1]).toEqual(said[0]);
    expect(said[0]).toContain('no-lost-dirty fails');
    expect(reachedMoments(reduced).toSorted()).toEqual(reachedMoments(whole).toSorted());
  });

  it('keeps as many on several cores', { timeout: 60_000 }, async () => {
    const spec = specOf(threeRelocators, '2008-05-09');
    const alone = searchModel(spec, LIMITS, { reduce: true });
    const together = await searchOnCores(spec, LIMITS, { workers: 2, reduce: true });
    expect(together.findings.store.count).toBe(alone.findings.store.count);
  });

  it('says who stood for whom, who might have and why not, and what it makes of the chance of a missed state', () => {
    const told = (version: string, reduce: boolean) => {
      const outcome = searchModel(specOf(twoRelocators, version), LIMITS, { reduce });
      const subject = { design: version, scenario: twoRelocators.id, overrides: {} };
      const world = searchedWorld(twoRelocators);
      const searched = { subject, world, rows: [], outcome, limits: LIMITS, again: null };
      return { text: textOfSearch(searched), json: JSON.parse(jsonOfSearch(searched)) as unknown };
    };
    const used = told('2008-05-09', true);
    expect(used.text).toContain('CPU1 and CPU2 stand for each other.');
    expect(used.json).toMatchObject({ symmetry: [['CPU1', 'CPU2']] });
    const whole = told('2008-05-09', false);
    expect(whole.text).not.toContain('stand for');
    expect(whole.json).toMatchObject({ symmetry: [] });
    const refused = told('2008-03-19', true);
    expect(refused.text).toContain('CPU1 and CPU2 have the same to do, but do not stand for each other: rcu');
    expect(refused.json).toMatchObject({ symmetry: [] });
  });
});
