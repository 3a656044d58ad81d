import { describe, expect, it } from 'vitest';
import type { Schedule, Source } from '../worker/protocol.ts';
import type { Subject } from '../worker/search-protocol.ts';
import { followedSteps, isOfSubject } from './followed.ts';

const subject: Subject = {
  scenario: 'two-dirty',
  version: '2008-04-29',
  overrides: { adBits: 'at-free', adFreeMerge: 'every-entry' },
};
const schedule: Schedule = [
  [0, 0],
  [1, 0],
  [1, 1],
];
const source: Source = { kind: 'scenario', ...subject };
const records = schedule.map(([actor, move]) => ({ actor, move }));

describe('how much of a counterexample the run on screen is', () => {
  it('is all of it while the run goes its way, however far beyond', () => {
    expect(followedSteps({ subject, schedule }, source, records)).toBe(3);
    expect(followedSteps({ subject, schedule }, source, [...records, { actor: 0, move: 0 }])).toBe(3);
  });

  it('does not depend on the order in which choices were changed', () => {
    const overrides = { adFreeMerge: 'every-entry', adBits: 'at-free' } as const;
    expect(followedSteps({ subject, schedule }, { ...source, overrides }, records)).toBe(3);
  });

  it('ends where another actor, or another move, was chosen', () => {
    const other = [...records.slice(0, 1), { actor: 0, move: 0 }, ...records.slice(2)];
    expect(followedSteps({ subject, schedule }, source, other)).toBe(1);
    expect(
      followedSteps({ subject, schedule }, source, [...records.slice(0, 2), { actor: 1, move: 0 }]),
    ).toBe(2);
    expect(followedSteps({ subject, schedule }, source, records.slice(0, 2))).toBe(2);
  });

  it('is nothing in another design or scenario, or where no run is open', () => {
    expect(followedSteps({ subject, schedule }, { ...source, version: 'repaired' }, records)).toBeNull();
    expect(followedSteps({ subject, schedule }, { ...source, overrides: {} }, records)).toBeNull();
    expect(followedSteps({ subject, schedule }, { ...source, scenario: 'fault' }, records)).toBeNull();
    expect(followedSteps({ subject, schedule }, undefined, records)).toBeNull();
  });
});

describe('whether a run is of the scenario and design that were searched', () => {
  it('is so for the same choices in any order, and for nothing else', () => {
    expect(isOfSubject(subject, source)).toBe(true);
    expect(isOfSubject(subject, { ...source, scenario: 'mremap' })).toBe(false);
    expect(isOfSubject(subject, { ...source, version: 'repaired' })).toBe(false);
    expect(isOfSubject(subject, undefined)).toBe(false);
  });
});
