import { describe, expect, it } from 'vitest';
import type { Row } from '../../store/compare-rows.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';
import { followedWords } from './followed-words.ts';

const record: StepRecord = {
  ...{ index: 0, actor: 0, move: 0, tag: '', line: 0, frames: [], moments: [] },
  ...{ label: '', violations: [] },
};
const taken: Row = { kind: 'taken', record, answers: [] };
const answered: Row = { kind: 'taken', record, answers: [record, record] };
const leftOut: Row = { kind: 'skipped', actor: 0, why: 'waits', answers: [] };

describe('how far a side followed the schedule', () => {
  it('tells what was left out, and the answers that were put in', () => {
    expect(followedWords([taken, taken])).toBe('All 2 steps are possible here.');
    expect(followedWords([taken, leftOut])).toBe('1 of 2 steps are not possible here and left out.');
    expect(followedWords([taken, answered])).toContain('; 2 steps of CPUs that answer IPIs are put in.');
  });
});
