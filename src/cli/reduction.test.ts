import { describe, expect, it } from 'vitest';
import { counterexample, type Findings, reachedMoments } from '../explorer/search.ts';
import { movesThatBreak } from '../explorer/minimise.ts';
import { createModel, type ModelSpec } from '../explorer/model.ts';
import audit from '../reports/audit.json' with { type: 'json' };
import { verdictsOf } from '../reports/verdicts.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { type SearchOutcome, searchModel, shortestAgain } from './run-engine.ts';

const LIMITS = { maxStates: 1e6, maxBytes: 1e9 };

/** Searches without reduction are in the audit, which other tests search again. */
const LARGEST = 60_000;
/** Where both are searched here, and moments compared one by one. */
const SMALL = 3000;

const rows = audit.rows.filter(({ states, property }) => states < LARGEST && property !== 'progress');
const pairs = [...new Set(rows.map(({ scenario, version }) => `${scenario} ${version}`))];

function specOf(scenario: string, version: string): ModelSpec {
  return buildModel(chooseScenario(scenario), chooseDesign(version, []).design).model;
}

function moments({ findings }: SearchOutcome): readonly string[] {
  return [...reachedMoments(findings)].toSorted();
}

function lengths(findings: Findings, properties: readonly string[]) {
  return properties.map((id) => [id, counterexample(findings, id)?.length]);
}

describe('a reduced search', () => {
  it('is compared in many scenarios and versions', () => {
    expect(pairs.length).toBeGreaterThan(100);
  });

  it.each([...new Set(rows.map(({ scenario }) => scenario))])(
    'gives every property in %s the verdict of a whole one, in every version, with no more states',
    { timeout: 600_000 },
    (id) => {
      for (const version of new Set(rows.filter((row) => row.scenario === id).map((row) => row.version))) {
        const mine = rows.filter((row) => row.scenario === id && row.version === version);
        const spec = specOf(id, version);
        const reduced = searchModel(spec, LIMITS, { reduce: true });
        expect(reduced.ending).toBe('all');
        const verdicts = verdictsOf(chooseScenario(id), reduced.findings, null);
        expect(verdicts.map(({ property, verdict }) => `${version} ${property} ${verdict}`)).toEqual(
          mine.map(({ property, verdict }) => `${version} ${property} ${verdict}`),
        );
        const states = mine[0]?.states ?? 0;
        expect(reduced.findings.store.count).toBeLessThanOrEqual(states);
        if (states < SMALL) expect(moments(reduced)).toEqual(moments(searchModel(spec, LIMITS)));
      }
    },
  );

  it('leaves something out', { timeout: 60_000 }, () => {
    const spec = specOf('write-reclaim', '2008-01-04');
    const [whole, reduced] = [false, true].map((reduce) => searchModel(spec, LIMITS, { reduce }).findings);
    expect(reduced?.store.count).toBeLessThan((whole?.store.count ?? 0) * 0.95);
    expect(reduced?.transitions).toBeLessThan((whole?.transitions ?? 0) * 0.87);
  });

  it(
    'gives schedules that break what they say, and the shortest are found again without it',
    { timeout: 60_000 },
    () => {
      const spec = specOf('write-reclaim', '2008-01-04');
      const { findings } = searchModel(spec, LIMITS, { reduce: true });
      const broken = [...findings.violations.keys()].toSorted();
      for (const id of broken) {
        const moves = counterexample(findings, id) ?? [];
        expect(movesThatBreak(createModel(spec), moves, id)).toEqual(moves);
      }
      const again = shortestAgain(spec, LIMITS, broken);
      expect(lengths(again.findings, broken)).toEqual(lengths(searchModel(spec, LIMITS).findings, broken));
    },
  );
});
