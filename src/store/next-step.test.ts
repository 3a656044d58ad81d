import { describe, expect, it } from 'vitest';
import { choicesOf } from '../worker/choices.ts';
import { advance, createSession } from '../worker/session.ts';
import { resolveSource } from '../worker/source.ts';
import { nextStep } from './next-step.ts';
import { FIRST_SOURCE } from './state.ts';

function newSession() {
  return createSession({ ...resolveSource(FIRST_SOURCE, null), source: FIRST_SOURCE, file: null });
}

describe('the next step that the page announces', () => {
  it.each([1, 2, 77])('is the one that the seeded scheduler takes (seed %i)', (seed) => {
    const session = newSession();
    for (;;) {
      const { run, records } = session;
      const next = nextStep({ cursor: run.cursor, records, choices: choicesOf(session), seed });
      if (!advance(session, seed)) {
        expect(next).toBeNull();
        return;
      }
      const { actor, label } = session.records.at(-1) ?? {};
      expect(next).toMatchObject({ actor, label });
    }
  });

  it('is the recorded one where there is one, whatever the seed', () => {
    const session = newSession();
    advance(session, 1);
    const [recorded] = session.records;
    const args = { cursor: 0, records: session.records, choices: [], seed: 9 };
    expect(nextStep(args)).toBe(recorded);
  });
});
