import { describe, expect, it } from 'vitest';
import { versionOf } from '../designs/versions.ts';
import { createModel } from '../explorer/model.ts';
import { movesThatBreak } from '../explorer/minimise.ts';
import { createRun, enabledMoves, seededMove, step } from '../explorer/run.ts';
import { buildModel } from '../scenarios/build.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import { movesOfTokens } from '../reports/verdicts.ts';
import { unpackSchedule } from '../formats/schedule-text.ts';
import { analyse } from './analysis.ts';

const subject = { scenario: 'two-dirty', version: '2008-05-09', overrides: {} };
const scenario = scenarioOf('two-dirty');
const version = versionOf('2008-05-09');
const treeScenario = scenarioOf('tree');
if (scenario === null || treeScenario === null || version === null)
  throw new Error('the subject of this test is gone');
const built = buildModel(scenario, version.design);
/** A shortest counterexample of two-dirty, as in e2e/share.spec.ts. */
const moves = movesOfTokens(built.actors, unpackSchedule('51-4ba3ba2ba2ba4babab2aba7bi.1i15b'));
const schedule = moves.map(({ actor, move }) => [actor, move] as const);

describe('the analysis of a counterexample', () => {
  it('names the turns without which nothing breaks, in words', () => {
    const analysis = analyse({ ask: 'explain', subject, schedule, property: 'no-lost-dirty' });
    expect(analysis?.turns.length).toBeGreaterThan(0);
    for (const { before, after, resumes } of analysis?.turns ?? []) {
      expect(after.index).toBe(before.index + 1);
      expect(resumes.index).toBeGreaterThan(after.index);
      expect(resumes.actor).toBe(before.actor);
      expect(before.actor).not.toBe(after.actor);
      expect(before.label).not.toBe('');
    }
    expect(analysis?.last?.index).toBe(schedule.length - 1);
  });

  it('holds ready, for each turn, the run to its end in which that actor goes on and nothing breaks', () => {
    const model = createModel(built.model);
    const analysis = analyse({ ask: 'explain', subject, schedule, property: 'no-lost-dirty' });
    for (const { before, instead } of analysis?.turns ?? []) {
      const run = createRun(model);
      for (const [actor, move] of instead) {
        const found = step(run, { actor, move });
        expect(found.filter(({ id }) => id === 'no-lost-dirty')).toEqual([]);
      }
      expect(enabledMoves(run)).toEqual([]);
      expect(instead.slice(0, before.index + 1)).toEqual(schedule.slice(0, before.index + 1));
      expect(instead[before.index + 1]?.[0]).toBe(schedule[before.index]?.[0]);
    }
  });

  it('takes no turn for one that matters where the actor had to wait, or where it breaks all the same', () => {
    // CPU1 sends an IPI in step 34 and waits; CPU0 goes on in step 22, and it is all the same when.
    const late = movesOfTokens(built.actors, unpackSchedule('51-7a14b2a11bi.1i15b'));
    const pairs = late.map(({ actor, move }) => [actor, move] as const);
    const analysis = analyse({ ask: 'explain', subject, schedule: pairs, property: 'no-lost-dirty' });
    expect(
      analysis?.turns.map(({ before, after, resumes }) => [before.index, after.index, resumes.index]),
    ).toEqual([[6, 7, 21]]);
  });

  it('makes a schedule shorter that still breaks the property', () => {
    const analysis = analyse({ ask: 'minimise', subject, schedule, property: 'no-lost-dirty' });
    const shorter = (analysis?.schedule ?? []).map(([actor, move]) => ({ actor, move }));
    expect(shorter.length).toBeLessThanOrEqual(schedule.length);
    expect(movesThatBreak(createModel(built.model), shorter, 'no-lost-dirty')).toEqual(shorter);
  });

  it('leaves out whoever has no part in it, also where half of what he does would leave a lock taken', () => {
    // CPU0 reads, writes and faults in many turns while CPU1 leaves a table behind, all by itself.
    const tree = { scenario: 'tree', version: '2008-05-09', overrides: {} };
    const run = createRun(createModel(buildModel(treeScenario, version.design).model));
    for (let move = seededMove(run, 1); move !== null; move = seededMove(run, 1)) step(run, move);
    const own = run.moves.map(({ actor, move }) => [actor, move] as const);
    const analysis = analyse({ ask: 'minimise', subject: tree, schedule: own, property: 'completeness' });
    const actors = (moved: typeof own): number[] => [...new Set(moved.map(([actor]) => actor))];
    expect(actors(own).length).toBeGreaterThan(1);
    expect(actors(analysis?.schedule.slice() ?? [])).toEqual([1]);
  });

  it('gives nothing for a schedule that breaks nothing', () => {
    expect(
      analyse({ ask: 'minimise', subject, schedule: schedule.slice(0, 5), property: 'counts' }),
    ).toBeNull();
  });
});
