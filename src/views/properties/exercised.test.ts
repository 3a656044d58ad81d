import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../../designs/versions.ts';
import { SCENARIOS } from '../../scenarios/scenarios.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { Design } from '../../kernel/design.ts';
import { advance, createSession, type Session } from '../../worker/session.ts';
import { triedIn } from './exercised.ts';

/** Versions that break different properties. */
const BROKEN = ['2008-01-04', '2008-05-09'];

function played(scenario: Scenario, design: Design, version: string): Session {
  const source = { kind: 'scenario', scenario: scenario.id, version, overrides: {} } as const;
  const session = createSession({ scenario, design, source, file: null });
  for (let steps = 0; steps < 400 && advance(session, 7); steps++);
  return session;
}

describe('whether a property was tried', () => {
  it('is never denied where it fails: in no run of designs that break much, in any scenario', () => {
    const versions = VERSIONS.filter(({ id }) => BROKEN.includes(id));
    const sessions = SCENARIOS.flatMap((scenario) =>
      versions.map(({ id, design }) => played(scenario, design, id)),
    );
    const failing = sessions.flatMap(({ records }) => records.flatMap(({ violations }) => violations));
    expect(new Set(failing.map(({ property }) => property)).size).toBeGreaterThanOrEqual(5);
    const untried = sessions.flatMap(({ source, records }) => {
      const tried = triedIn(records);
      return records.flatMap(({ index, violations }) =>
        violations
          .filter(({ property }) => (tried.get(property) ?? Infinity) > index + 1)
          .map(({ property }) => `${property} at step ${String(index + 1)} of ${JSON.stringify(source)}`),
      );
    });
    expect(untried).toEqual([]);
  });

  it('is not said before the first step, and is told once it was', () => {
    expect(triedIn([])).toEqual(new Map());
    const [scenario, version] = [SCENARIOS[0], VERSIONS[0]];
    if (scenario === undefined || version === undefined) throw new Error('no scenario');
    const { records } = played(scenario, version.design, version.id);
    const lock = records.findIndex(({ tag }) => tag === 'lock');
    expect(triedIn(records).get('lock-order')).toBe(lock + 1);
    expect(triedIn(records.slice(0, lock)).has('lock-order')).toBe(false);
  });
});
