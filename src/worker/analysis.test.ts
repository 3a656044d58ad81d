import { describe, expect, it } from 'vitest';
import { versionOf } from '../designs/versions.ts';
import { createModel } from '../explorer/model.ts';
import { movesThatBreak } from '../explorer/minimise.ts';
import { buildModel } from '../scenarios/build.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import { movesOfTokens } from '../reports/verdicts.ts';
import { unpackSchedule } from '../formats/schedule-text.ts';
import { analyse } from './analysis.ts';

const subject = { scenario: 'two-dirty', version: '2008-05-09', overrides: {} };
const scenario = scenarioOf('two-dirty');
const version = versionOf('2008-05-09');
if (scenario === null || version === null) throw new Error('the subject of this test is gone');
const built = buildModel(scenario, version.design);
/** A shortest counterexample of two-dirty, as in e2e/share.spec.ts. */
const moves = movesOfTokens(built.actors, unpackSchedule('51-4ba3ba2ba2ba4babab2aba7bi.1i15b'));
const schedule = moves.map(({ actor, move }) => [actor, move] as const);

describe('the analysis of a counterexample', () => {
  it('names the turns without which nothing breaks, in words', () => {
    const analysis = analyse({ ask: 'explain', subject, schedule, property: 'no-lost-dirty' });
    expect(analysis?.turns.length).toBeGreaterThan(0);
    for (const { before, after } of analysis?.turns ?? []) {
      expect(after.index).toBe(before.index + 1);
      expect(before.actor).not.toBe(after.actor);
      expect(before.label).not.toBe('');
    }
    expect(analysis?.last?.index).toBe(schedule.length - 1);
  });

  it('makes a schedule shorter that still breaks the property', () => {
    const analysis = analyse({ ask: 'minimise', subject, schedule, property: 'no-lost-dirty' });
    const shorter = (analysis?.schedule ?? []).map(([actor, move]) => ({ actor, move }));
    expect(shorter.length).toBeLessThanOrEqual(schedule.length);
    expect(movesThatBreak(createModel(built.model), shorter, 'no-lost-dirty')).toEqual(shorter);
  });

  it('gives nothing for a schedule that breaks nothing', () => {
    expect(
      analyse({ ask: 'minimise', subject, schedule: schedule.slice(0, 5), property: 'counts' }),
    ).toBeNull();
  });
});
