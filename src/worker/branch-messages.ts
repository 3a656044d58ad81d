import type { Schedule } from './protocol.ts';

/** What it takes to make a branch again. */
export interface BranchSeed {
  readonly name: string;
  /** Number of its parent in the list; -1 for the first branch. */
  readonly parent: number;
  readonly from: number;
  /** Its own steps, from `from` on. */
  readonly schedule: Schedule;
}

/** One future of the run, for people. Steps before `from` are its parent's. */
export interface BranchView {
  readonly id: number;
  readonly name: string;
  /** -1 for the first branch. */
  readonly parent: number;
  readonly from: number;
  /** Steps up to its end; of the branch that is shown `Moment.length` says it. */
  readonly length: number;
  /** Those of its own steps that break a property which the step before did not, a few of them. */
  readonly bad: readonly number[];
  /** Its last steps, which the run shown does not hold: actor and move by turns. */
  readonly kept: Int32Array;
}
