import type { BranchSeed } from '../worker/branch-messages.ts';
import type { Schedule } from '../worker/protocol.ts';

/** Another way on from a moment of a schedule. */
export interface OtherWay {
  /** The schedule that is left. */
  readonly schedule: Schedule;
  /** After how many of its steps. */
  readonly from: number;
  /** From the first step on; the same as `schedule` up to `from`. */
  readonly instead: Schedule;
  readonly name: string;
}

/** Branches, and the number of the one to show. */
export interface Shown {
  readonly branches: readonly BranchSeed[];
  readonly shown: number;
}

/**
 * Branches with that other way among them: one that goes it already is shown, else one is added. Where none goes the schedule
 * as far as it is left, they are of another run: the schedule itself is then the first branch, and the others are not kept.
 */
export function withOtherWay(seeds: readonly BranchSeed[], way: OtherWay): Shown {
  const { schedule, from, instead, name } = way;
  const whole = wholeSchedules(seeds);
  const there = whole.findIndex((moves) => startsWith(moves, instead));
  if (there >= 0) return { branches: seeds, shown: there };
  const left = schedule.slice(0, from);
  const along = whole.findIndex((moves) => startsWith(moves, left));
  const first = { name: 'main', parent: -1, from: 0, schedule };
  const kept = along < 0 ? [first] : seeds;
  const parent = ownerOf(kept, Math.max(along, 0), from);
  const added = { name, parent, from, schedule: instead.slice(from) };
  return { branches: [...kept, added], shown: kept.length };
}

/**
 * Branches with that schedule among them: one that goes it already is shown, else it is added where it leaves the one that it
 * has most steps in common with. There is at least one branch.
 */
export function withSchedule(seeds: readonly BranchSeed[], schedule: Schedule, name: string): Shown {
  const from = Math.max(...wholeSchedules(seeds).map((moves) => inCommon(moves, schedule)));
  return withOtherWay(seeds, { schedule, from, instead: schedule, name });
}

function inCommon(moves: Schedule, other: Schedule): number {
  const differs = other.findIndex(([actor, move], i) => moves[i]?.[0] !== actor || moves[i][1] !== move);
  return differs < 0 ? other.length : differs;
}

/** The steps of each branch from the start of the run. */
function wholeSchedules(seeds: readonly BranchSeed[]): readonly Schedule[] {
  const whole: Schedule[] = [];
  for (const { parent, from, schedule } of seeds)
    whole.push([...(whole[parent] ?? []).slice(0, from), ...schedule]);
  return whole;
}

function startsWith(moves: Schedule, start: Schedule): boolean {
  return start.every(([actor, move], i) => moves[i]?.[0] === actor && moves[i][1] === move);
}

/** That branch or the one of its parents that has the steps before `from` as its own. */
function ownerOf(seeds: readonly BranchSeed[], branch: number, from: number): number {
  let owner = branch;
  for (
    let seed = seeds[owner];
    seed !== undefined && seed.from >= from && seed.parent >= 0;
    seed = seeds[owner]
  )
    owner = seed.parent;
  return owner;
}
