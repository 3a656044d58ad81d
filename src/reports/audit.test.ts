import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERSIONS, versionOf } from '../designs/versions.ts';
import { isDeadlock } from '../explorer/deadlock.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, step } from '../explorer/run.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { buildModel } from '../scenarios/build.ts';
import { SCENARIOS, scenarioOf } from '../scenarios/scenarios.ts';
import type { AuditFile, AuditRow } from './audit.ts';
import { movesOfTokens } from './verdicts.ts';

const file = JSON.parse(readFileSync(new URL('./audit.json', import.meta.url), 'utf8')) as AuditFile;
const failing = file.rows.filter(({ verdict }) => verdict === 'fails');
const stepwise = failing.filter(({ property }) => property !== 'progress');

function runOf(row: AuditRow) {
  const [scenario, version] = [scenarioOf(row.scenario), versionOf(row.version)];
  if (scenario === null || version === null) throw new Error('the audit names what there is not');
  const built = buildModel(scenario, version.design);
  const run = createRun(createModel(built.model));
  const moves = movesOfTokens(built.actors, (row.schedule ?? '').split(' '));
  expect(moves).toHaveLength(row.steps ?? -1);
  return { run, moves };
}

/** What the interpreter finds broken at the last step of a row's schedule; the search ran compiled code. */
function brokenAtTheEnd(row: AuditRow): readonly string[] {
  const { run, moves } = runOf(row);
  const found = moves.map((move) => step(run, move)).at(-1) ?? [];
  const broken = found.filter(({ kind }) => kind === 'violation').map(({ id }) => id);
  return isDeadlock(run.model, run.machine) ? [...broken, 'no-deadlock'] : broken;
}

describe('the audit that is kept', () => {
  it('has a row for every property of every version in every scenario, and for `progress` and `reached`', () => {
    const keys = new Set(file.rows.map((row) => `${row.version} ${row.scenario} ${row.property}`));
    expect(keys.size).toBe(file.rows.length);
    expect(keys.size).toBe(VERSIONS.length * SCENARIOS.length * (PROPERTIES.length + 2));
  });

  it('was searched to the end everywhere', () => {
    expect(file.rows.filter(({ exhaustive }) => !exhaustive)).toEqual([]);
  });

  it('finds every property broken by some version', () => {
    const broken = new Set(failing.map(({ property }) => property));
    expect(PROPERTIES.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  it(
    'has counterexamples that, step by step, break what they are said to break',
    { timeout: 120_000 },
    () => {
      expect(failing.length).toBeGreaterThan(100);
      for (const row of stepwise)
        expect(brokenAtTheEnd(row), `${row.version} ${row.scenario}`).toContain(row.property);
    },
  );

  it('has runs for ever that come back to where they began to repeat', { timeout: 120_000 }, () => {
    const lassos = failing.filter(({ property }) => property === 'progress');
    expect(lassos.length).toBeGreaterThan(0);
    for (const row of lassos) {
      const { run, moves } = runOf(row);
      const start = row.cycleStart ?? -1;
      expect(start).toBeLessThan(moves.length);
      for (const move of moves.slice(0, start)) step(run, move);
      const before = run.machine.words.slice();
      for (const move of moves.slice(start)) step(run, move);
      expect(run.machine.words, `${row.version} ${row.scenario}`).toEqual(before);
    }
  });
});
