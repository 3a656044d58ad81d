import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../worker/moment-messages.ts';
import { verdicts } from './verdicts.ts';

const step = (index: number, ...violations: StepRecord['violations']): StepRecord => ({
  index,
  actor: 0,
  move: 0,
  tag: 'read',
  label: `step ${String(index)}`,
  line: 0,
  frames: [],
  violations,
  moments: [],
});
const lost = (why: string) =>
  ({ property: 'no-lost-dirty', why, frames: [], object: null, waits: null }) as const;
/** The first step writes to a page, the others read: the dirty bit is tried, no table is written. */
const records = [
  { ...step(0), tag: 'data', label: 'write to frame 8 for va0' },
  step(1, lost('frame 7'), lost('frame 8')),
  step(2, lost('frame 7')),
  step(3),
];

const resultOf = (id: string, cursor: number, ended = false) =>
  verdicts({ records, cursor, ended, wholeTableSteps: false }).find(({ property }) => property.id === id);

describe('the verdict on a property', () => {
  it('is that it holds until the step that breaks it has been taken', () => {
    expect(resultOf('no-lost-dirty', 1)?.result).toBe('holds');
    expect(resultOf('no-lost-dirty', 2)?.result).toBe('fails');
  });

  it('names the first step that broke it and each of its reasons', () => {
    const failure = resultOf('no-lost-dirty', 4)?.failure;
    expect(failure?.step.index).toBe(1);
    expect(failure?.reasons).toEqual(['frame 7', 'frame 8']);
  });

  it('is open before the end where only the end can tell', () => {
    expect(resultOf('translation-kept', 4)?.result).toBe('pending');
    expect(resultOf('translation-kept', 4, true)?.result).toBe('holds');
    expect(resultOf('no-stale-translation', 4)?.result).toBe('holds');
  });

  it('is no verdict before anything happened that could break it', () => {
    expect(resultOf('no-lost-dirty', 0)?.result).toBe('untried');
    expect(resultOf('no-lost-write', 4, true)?.result).toBe('untried');
  });

  it('is no verdict where nobody judges', () => {
    const real = verdicts({ records: [], cursor: 0, ended: true, wholeTableSteps: true });
    expect(real.filter(({ result }) => result === 'skipped').map(({ property }) => property.id)).toEqual([
      'no-leak',
    ]);
  });

  it('is only a warning where the property says so', () => {
    const young = [
      step(0, {
        property: 'no-lost-accessed',
        why: 'va0 was accessed',
        frames: [],
        object: null,
        waits: null,
      }),
    ];
    const judged = verdicts({ records: young, cursor: 1, ended: false, wholeTableSteps: false });
    expect(judged.find(({ failure }) => failure !== null)?.result).toBe('warns');
  });
});
