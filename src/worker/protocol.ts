import type { ScenarioRef } from '../formats/scenario-document.ts';
import type { Design } from '../kernel/design.ts';
import type { World } from '../machine/world.ts';
import type { Call, Line } from '../program/instr.ts';
import type { Layout } from '../program/layout.ts';
import type { ActorInfo } from '../scenarios/build.ts';
import type { BranchSeed } from './branch-messages.ts';
import type { FileSummary } from './file-summary.ts';
import type { Change } from './history.ts';
import type { StateObject } from './objects.ts';
import type { ProgramText } from './programs.ts';
import type { RunCost } from './run-cost.ts';
import type { Stop } from './stops.ts';
import type { Moment } from './moment-messages.ts';

/** What a run starts from. */
export type Source =
  /** A scenario of this program by its id, or one in full. */
  | {
      readonly kind: 'scenario';
      readonly scenario: ScenarioRef;
      readonly version: string;
      readonly overrides: Partial<Design>;
    }
  /** The file opened last, its tables moved from node `from` to node `to`. */
  | {
      readonly kind: 'file';
      readonly from: number;
      readonly to: number;
      readonly version: string;
      readonly overrides: Partial<Design>;
    };

/** Steps by number: actor and which of its moves. Enough to get the same run again. */
export type Schedule = readonly (readonly [actor: number, move: number])[];

/** From the page to the worker. Each carries an id that its answer repeats. */
export type Request =
  | OpenRequest
  | { readonly do: 'load'; readonly name: string; readonly bytes: ArrayBuffer }
  | { readonly do: 'step'; readonly actor: number; readonly move: number }
  | { readonly do: 'seek'; readonly cursor: number }
  /** On along the recorded future, or where there is none by a seeded choice. */
  | {
      readonly do: 'advance';
      readonly seed: number;
      readonly steps: number;
      readonly stops?: readonly Stop[];
    }
  /** A seeded run until nobody can move, a stop is met or `steps` are taken; may be cancelled. */
  | { readonly do: 'run'; readonly seed: number; readonly steps: number; readonly stops?: readonly Stop[] }
  /** To the next line of the outer routine (line-steps.ts), or back by one. */
  | { readonly do: 'line'; readonly by: 1 | -1; readonly seed: number; readonly stops?: readonly Stop[] }
  /** One actor until it cannot move. */
  | {
      readonly do: 'run-actor';
      readonly actor: number;
      readonly steps: number;
      readonly stops?: readonly Stop[];
    }
  /** What became of an object up to the moment shown. */
  | { readonly do: 'history'; readonly object: StateObject }
  /** What the run cost up to the moment shown. */
  | { readonly do: 'cost' }
  | { readonly do: 'schedule' }
  /** What everybody would run from that source; the run on screen stays. */
  | { readonly do: 'programs'; readonly source: Source }
  /** Makes another branch the current one, at the moment `cursor` or, where it is shorter, at its end. */
  | { readonly do: 'switch-branch'; readonly branch: number; readonly cursor: number }
  | { readonly do: 'name-branch'; readonly branch: number; readonly name: string }
  /** Forgets a branch and those that fork from it; the first one stays. */
  | { readonly do: 'delete-branch'; readonly branch: number };

/** Starts a run: at the moment `cursor` of `schedule`, or of one of its branches. */
export interface OpenRequest {
  readonly do: 'open';
  readonly source: Source;
  readonly schedule: Schedule;
  readonly cursor: number;
  /** The other branches, parents before children; `schedule` is then the first one. */
  readonly branches?: readonly BranchSeed[];
  /** The branch shown, by its number in `branches`; the first one without it. */
  readonly shown?: number;
  /** `refuse` without it. */
  readonly impossible?: Impossible;
}

/**
 * What becomes of a step of a schedule that is not possible: the whole schedule is refused, the step is left out and told
 * of, or CPUs first answer the IPIs that it waits for: their instruction ends, their handler runs.
 */
export type Impossible = 'refuse' | 'leave-out' | 'answer';

/** What became of a schedule; nothing is noted of steps that were simply taken. */
export interface ScheduleNotes {
  readonly skipped: readonly SkippedStep[];
  /** Steps that were put in before a step, so that CPUs answer, by the number of that step in the schedule. */
  readonly answered: readonly { readonly index: number; readonly steps: number }[];
}

/** A step of a schedule that could not be taken. */
export interface SkippedStep {
  /** Its number in the schedule. */
  readonly index: number;
  readonly actor: number;
  /** In words: what the actor waits for, or that it is at its end. */
  readonly why: string;
}

export interface ProgramView {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly calls: readonly Call[];
  /** The line of each instruction. */
  readonly lineOf: readonly number[];
  readonly pcField: string;
  readonly locals: readonly string[];
}

/** Everything about a run that does not change from step to step. */
export interface Opened {
  readonly kind: 'opened';
  readonly title: string;
  readonly about: string;
  readonly source: Source;
  readonly design: Design;
  readonly world: World;
  readonly layout: Layout;
  readonly actors: readonly ActorInfo[];
  readonly programs: readonly ProgramView[];
  /** What the world of a file was made of; null for a scenario. */
  readonly file: FileSummary | null;
  readonly notes: ScheduleNotes;
  readonly moment: Moment;
}

export interface ScheduleAnswer {
  readonly kind: 'schedule';
  readonly schedule: Schedule;
}

export interface HistoryAnswer {
  readonly kind: 'history';
  /** Oldest first. */
  readonly changes: readonly Change[];
}

export interface CostAnswer {
  readonly kind: 'cost';
  readonly cost: RunCost;
}

export interface ProgramsAnswer {
  readonly kind: 'programs';
  readonly programs: readonly ProgramText[];
}

/** A request could not be carried out; the run stays as it was. */
export interface Refused {
  readonly kind: 'refused';
  /** What happened, what was kept, what to do. */
  readonly message: string;
}

export interface Progress {
  readonly kind: 'progress';
  readonly done: number;
  readonly total: number;
}

export type Answer =
  Opened | Moment | FileSummary | ScheduleAnswer | HistoryAnswer | CostAnswer | Refused | ProgramsAnswer;

export interface RequestMessage {
  readonly id: number;
  readonly request: Request;
}

export interface AnswerMessage {
  readonly id: number;
  readonly answer: Answer | Progress;
}

/** Stops a `run` under way: what was done so far is its answer. */
export interface CancelMessage {
  readonly cancel: number;
}
