import { describe, expect, it } from 'vitest';
import { CHOICES } from '../designs/choices.ts';
import type { Subject } from '../worker/search-protocol.ts';
import type { Challenge } from './challenge.ts';
import { CHALLENGES } from './challenges.ts';
import { checkPassCode, makePassCode } from './pass-code.ts';
import { openSession } from './play.ts';
import { best, scheduleIn, search } from './testing/best.ts';

function repaired({ subject }: Challenge, repair: string): Subject {
  const [choice = '', value = ''] = repair.split('=');
  const known: Readonly<Record<string, { readonly values: object }>> = CHOICES;
  expect(Object.keys(known[choice]?.values ?? {}), repair).toContain(value);
  return { ...subject, overrides: { ...subject.overrides, [choice]: value } };
}

describe('every challenge', () => {
  it('is there: at least twenty, each with an id of its own', () => {
    expect(CHALLENGES.length).toBeGreaterThanOrEqual(20);
    expect(new Set(CHALLENGES.map(({ id }) => id)).size).toBe(CHALLENGES.length);
  });

  it.each(CHALLENGES)(
    '$id can be won, and each hint comes one step nearer',
    { timeout: 120_000 },
    async (challenge) => {
      const shortest = await best(challenge);
      const half = shortest.slice(0, Math.floor(shortest.length / 2));
      expect((await best(challenge, half)).length).toBe(shortest.length - half.length);
      const { records } = openSession({ kind: 'scenario', ...challenge.subject }, shortest);
      const broken = records.map(({ violations }) =>
        violations.some(({ property }) => property === challenge.breaks),
      );
      expect(broken.indexOf(true)).toBe(shortest.length - 1);
      const code = makePassCode(challenge, 'Ada *', shortest);
      expect(checkPassCode(code)).toEqual({
        passed: true,
        pass: { challenge, name: 'Ada *', steps: shortest.length },
      });
    },
  );

  it.each(CHALLENGES.filter(({ repairs }) => repairs.length > 0))(
    '$id is stopped by exactly one of its repairs, in every state',
    { timeout: 240_000 },
    async (challenge) => {
      const holds: string[] = [];
      for (const repair of challenge.repairs) {
        const outcome = await search(repaired(challenge, repair), challenge.breaks);
        if (scheduleIn(outcome, challenge.breaks) === null) {
          expect(outcome.ending).toBe('all');
          holds.push(repair);
        }
      }
      expect(holds).toEqual([challenge.repairs[0]]);
    },
  );
});

describe('a pass code', () => {
  const [challenge] = CHALLENGES;
  if (challenge === undefined) throw new Error('no challenges');

  it('is refused, in words, when a character of it is changed or lost', async () => {
    const code = makePassCode(challenge, 'Ada', await best(challenge));
    for (let i = 0; i < code.length; i++) {
      const changed = code[i] === 'b' ? 'c' : 'b';
      for (const text of [
        code.slice(0, i) + changed + code.slice(i + 1),
        code.slice(0, i) + code.slice(i + 1),
      ]) {
        const checked = checkPassCode(text);
        expect(checked.passed, text).toBe(false);
        if (!checked.passed) expect(checked.why).toMatch(/\.$/);
      }
    }
  });

  it('with a right sum is refused all the same when its schedule breaks nothing, or cannot be', async () => {
    const shortest = await best(challenge);
    const nothing = checkPassCode(makePassCode(challenge, 'Eve', shortest.slice(0, -1)));
    expect(nothing).toEqual({
      passed: false,
      why: 'Its schedule was run again, and does not break the property.',
    });
    const impossible = checkPassCode(makePassCode(challenge, 'Eve', [[0, 5], ...shortest]));
    expect(impossible).toEqual({ passed: false, why: 'Step 1 of its schedule cannot be taken.' });
    expect(checkPassCode('hello').passed).toBe(false);
  });
});
