import { describe, expect, it } from 'vitest';
import type { Change } from '../../worker/history.ts';
import { stepsOf } from './actor-steps.ts';

const records = [0, 1, 0, 1, 1].map((actor, i) => ({ actor, label: `step ${String(i + 1)}` }));
const change = (step: number, actor: number, after: string): Change => ({
  ...{ step, actor, label: '', what: 'va', before: '', after },
});

describe('the steps of an actor', () => {
  it('are its own, the latest first, each with what it changed of its locals', () => {
    const changes = [change(1, 0, '1'), change(3, 0, '2'), change(3, 0, '3')];
    const steps = stepsOf({ actor: 0, records, cursor: 5, changes, most: 10 });
    expect(steps.map(({ step }) => step)).toEqual([3, 1]);
    expect(steps.map(({ changed }) => changed.map(({ after }) => after))).toEqual([['2', '3'], ['1']]);
  });

  it('and those of others that changed its locals', () => {
    const steps = stepsOf({ actor: 0, records, cursor: 5, changes: [change(4, 1, '0')], most: 10 });
    expect(steps.map(({ step, by }) => [step, by])).toEqual([
      [4, 1],
      [3, 0],
      [1, 0],
    ]);
  });

  it('are no more than are wanted, and leave out changes that the moment shown is before', () => {
    const changes = [change(1, 0, '1'), change(3, 0, '2')];
    const shown = { actor: 0, records, cursor: 2, changes, most: 10 };
    expect(stepsOf(shown).map(({ step }) => step)).toEqual([1]);
    expect(stepsOf({ ...shown, cursor: 5, most: 1 }).map(({ step }) => step)).toEqual([3]);
  });
});
