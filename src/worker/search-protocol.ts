import type { ScenarioRef } from '../formats/scenario-document.ts';
import type { EngineText } from '../explorer/engine.ts';
import type { SharedSpace } from '../explorer/shared-space.ts';
import type { Design } from '../kernel/design.ts';
import type { Reduced, SearchedAgain } from '../reports/reduction-words.ts';
import type { SearchedWorld } from '../reports/searched-world.ts';
import type { VerdictWord } from '../reports/verdicts.ts';
import type { Schedule } from './protocol.ts';

/** What is searched: a scenario (its id, or in full), the id of a version, and the choices made otherwise. */
export interface Subject {
  readonly scenario: ScenarioRef;
  readonly version: string;
  readonly overrides: Partial<Design>;
}

/** Where a search stops at the latest: looked at every few thousand states, so it can be passed by as many. */
export interface Bounds {
  readonly maxStates: number;
  /** Of the store and the front of the search. */
  readonly maxBytes: number;
}

/** How far a search is. */
export interface Figures {
  readonly states: number;
  readonly transitions: number;
  /** Distance of the states now expanded from the first, in steps. */
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
  readonly bytes: number;
  /** Time of searching, pauses left out. */
  readonly seconds: number;
}

export interface PropertyVerdict {
  /** A property id, or `reached`. */
  readonly property: string;
  readonly verdict: VerdictWord;
  /** A schedule that breaks it, where it fails: as short as was asked for, unless it says otherwise. */
  readonly schedule: Schedule | null;
  /** Found with reductions, and not found again without them within the bounds: there may be a shorter schedule. */
  readonly notShortest?: boolean;
  /** Fewest switches were asked for, and not found within the bounds. */
  readonly notFewest?: boolean;
  /** For `reached`: moments that the scenario exists for, and that were not. */
  readonly missed?: readonly string[];
  /** For `progress`, where it fails: from this step on, counted from 0, the schedule repeats itself for ever. */
  readonly cycleStart?: number;
  /** For `progress`, where it holds: only since runs that are out of memory again and again do not count. */
  readonly excused?: boolean;
  /** For `progress`, where it was not checked: what stood in the way. `search`: not all states are known. */
  readonly why?: 'search' | 'states' | 'memory' | 'user';
}

/** The world that was searched, and who moves in it. */
export interface PeopledWorld extends SearchedWorld {
  /** Ids of those who move, in the order of a schedule's numbers. */
  readonly actors: readonly string[];
}

/** What a counterexample is to have as few of as there can be. */
export type Shortest = 'steps' | 'switches';

/** Why a search ended; `all`: nothing was left to expand. */
export type Ending = 'all' | 'states' | 'memory' | 'user';

export interface Outcome {
  readonly kind: 'outcome';
  readonly subject: Subject;
  readonly bounds: Bounds;
  readonly ending: Ending;
  readonly figures: Figures;
  readonly verdicts: readonly PropertyVerdict[];
  readonly world: PeopledWorld;
  /** How many workers searched. */
  readonly workers: number;
  /** What was left out, and whom the search took for whom. */
  readonly reduced: Reduced;
  readonly shortest: Shortest;
  /** The search without reductions that the schedules are from; null: it is this one, or none was needed. */
  readonly again: SearchedAgain | null;
}

export interface SearchProgress {
  readonly kind: 'figures';
  /**
   * What is done after the search: `again`: shortest schedules are searched without reductions; `switches`: those with fewest switches are,
   * and `depth` counts switches; `progress`: all states are visited again for the graph on which progress is judged.
   */
  readonly stage: 'search' | 'again' | 'switches' | 'progress';
  readonly figures: Figures;
  /** How many workers search. */
  readonly workers: number;
  /** Properties found broken so far. */
  readonly broken: readonly string[];
}

/** The program of the worker that searches: with the model's own code in it, it must be started from a blob. */
export interface EngineSource {
  readonly kind: 'source';
  readonly text: string;
  /** Whether its engine has the reductions. */
  readonly reduce: boolean;
}

/** Looks from a moment on, for some properties only: the search ends as soon as each of them is broken. */
export interface Aim {
  /** Steps taken before the search begins. */
  readonly from: Schedule;
  readonly properties: readonly string[];
}

/** What an engine is made for: a subject, with the reductions or without. */
export interface Engined {
  readonly subject: Subject;
  readonly reduce: boolean;
}

export type SearchCommand =
  | (Engined & { readonly do: 'write' })
  | (Engined & { readonly do: 'start'; readonly bounds: Bounds; readonly aim: Aim | null })
  | (Engined & { readonly do: 'lead'; readonly bounds: Bounds; readonly workers: number })
  | (Engined & { readonly do: 'join'; readonly space: SharedSpace; readonly index: number })
  | { readonly do: 'judge'; readonly subject: Subject; readonly bounds: Bounds }
  | {
      readonly do: 'fewest';
      readonly subject: Subject;
      readonly bounds: Bounds;
      readonly properties: readonly string[];
    }
  | { readonly do: 'pause' }
  | { readonly do: 'resume' }
  | { readonly do: 'stop' };

/** The memory that the workers of one search share, from the one that leads; it begins when the others have joined. */
export interface SpaceMade {
  readonly kind: 'space';
  readonly space: SharedSpace;
  readonly properties: EngineText['properties'];
}

/** The memory that the bounds ask for could not be reserved: one worker, whose memory grows, has to do. */
export interface NoRoom {
  readonly kind: 'no room';
}

/** Whether every fair run ends. */
export interface ProgressJudged {
  readonly kind: 'judged';
  readonly verdict: PropertyVerdict;
}

/** By property a schedule with as few switches as there can be; null: the bounds were met, or it was stopped. */
export interface FewestFound {
  readonly kind: 'fewest';
  readonly schedules: ReadonlyMap<string, Schedule> | null;
}

export type SearchAnswer =
  EngineSource | SearchProgress | SpaceMade | NoRoom | Outcome | ProgressJudged | FewestFound;
