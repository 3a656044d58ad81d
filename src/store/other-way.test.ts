import { describe, expect, it } from 'vitest';
import type { BranchSeed } from '../worker/branch-messages.ts';
import type { Schedule } from '../worker/protocol.ts';
import { withOtherWay, withSchedule } from './other-way.ts';

/** A schedule: who moves, each with its first move. */
const moves = (actors: string): Schedule => actors.split(' ').map((actor) => [Number(actor), 0] as const);

const schedule = moves('0 0 1 1 0 1');
const way = { schedule, from: 2, instead: moves('0 0 0 1 1 1'), name: 'CPU0 goes on' };

describe('another way on from a counterexample', () => {
  it('is a branch of the run that goes the counterexample, beside the branches that it has', () => {
    const seeds: readonly BranchSeed[] = [
      { name: 'main', parent: -1, from: 0, schedule },
      { name: 'mine', parent: 0, from: 4, schedule: moves('1 1') },
    ];
    expect(withOtherWay(seeds, way)).toEqual({
      branches: [...seeds, { name: 'CPU0 goes on', parent: 0, from: 2, schedule: moves('0 1 1 1') }],
      shown: 2,
    });
  });

  it('begins at the branch that holds the moment, however late others leave it', () => {
    const seeds: readonly BranchSeed[] = [
      { name: 'main', parent: -1, from: 0, schedule: moves('1') },
      { name: 'mine', parent: 0, from: 0, schedule: moves('0 0 1 1 0 0') },
      { name: 'late', parent: 1, from: 5, schedule: moves('1') },
    ];
    expect(withOtherWay(seeds, way).branches[3]).toMatchObject({ parent: 1, from: 2 });
  });

  it('is not taken twice', () => {
    const first = withOtherWay([{ name: 'main', parent: -1, from: 0, schedule }], way);
    expect(withOtherWay(first.branches, way)).toEqual(first);
  });

  it('opens the counterexample again where another run is open', () => {
    const seeds: readonly BranchSeed[] = [{ name: 'main', parent: -1, from: 0, schedule: moves('1 1 1 1') }];
    const { branches, shown } = withOtherWay(seeds, way);
    expect(branches).toEqual([
      { name: 'main', parent: -1, from: 0, schedule },
      { name: 'CPU0 goes on', parent: 0, from: 2, schedule: moves('0 1 1 1') },
    ]);
    expect(shown).toBe(1);
  });
});

describe('a counterexample beside the steps of a run', () => {
  const seeds: readonly BranchSeed[] = [
    { name: 'main', parent: -1, from: 0, schedule: moves('0 0 0') },
    { name: 'mine', parent: 0, from: 2, schedule: moves('1 0') },
  ];

  it('leaves the branch that it has most steps in common with, where it differs', () => {
    expect(withSchedule(seeds, schedule, 'counterexample')).toEqual({
      branches: [...seeds, { name: 'counterexample', parent: 1, from: 3, schedule: moves('1 0 1') }],
      shown: 2,
    });
  });

  it('is the branch that goes it already, however often it is opened', () => {
    const first = withSchedule(seeds, schedule, 'counterexample');
    expect(withSchedule(first.branches, schedule, 'counterexample')).toEqual(first);
    expect(withSchedule(seeds, moves('0 0 1'), 'counterexample')).toEqual({ branches: seeds, shown: 1 });
  });

  it('begins where the run does when it has no step in common', () => {
    expect(withSchedule(seeds, moves('1 1'), 'counterexample').branches[2]).toMatchObject({
      parent: 0,
      from: 0,
    });
  });
});
