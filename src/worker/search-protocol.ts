import type { ScenarioRef } from '../formats/scenario-document.ts';
import type { EngineText } from '../explorer/engine.ts';
import type { SharedSpace } from '../explorer/shared-space.ts';
import type { Design } from '../kernel/design.ts';
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
  /** A shortest schedule that breaks it, where it fails. */
  readonly schedule: Schedule | null;
  /** For `progress`, where it fails: from this step on, counted from 0, the schedule repeats itself for ever. */
  readonly cycleStart?: number;
  /** For `progress`, where it holds: only since runs that are out of memory again and again do not count. */
  readonly excused?: boolean;
  /** For `progress`, where it was not checked: what stood in the way. `search`: not all states are known. */
  readonly why?: 'search' | 'states' | 'memory' | 'user';
}

/** What was searched, in figures: a verdict holds for this and no more. */
export interface SearchedWorld {
  readonly title: string;
  readonly cpus: number;
  readonly threads: number;
  readonly tables: number;
  readonly vas: number;
  readonly speculation: boolean;
  /** Ids of those who move, in the order of a schedule's numbers. */
  readonly actors: readonly string[];
}

/** Why a search ended; `all`: nothing was left to expand. */
export type Ending = 'all' | 'states' | 'memory' | 'user';

export interface Outcome {
  readonly kind: 'outcome';
  readonly subject: Subject;
  readonly bounds: Bounds;
  readonly ending: Ending;
  readonly figures: Figures;
  readonly verdicts: readonly PropertyVerdict[];
  readonly world: SearchedWorld;
  /** How many workers searched. */
  readonly workers: number;
}

export interface SearchProgress {
  readonly kind: 'figures';
  /** `progress`: all states were searched, and are visited again for the graph on which progress is judged. */
  readonly stage: 'search' | 'progress';
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
}

/** Looks from a moment on, for one property only: the search ends as soon as it is broken. */
export interface Aim {
  /** Steps taken before the search begins. */
  readonly from: Schedule;
  readonly property: string;
}

export type SearchCommand =
  | { readonly do: 'write'; readonly subject: Subject }
  | { readonly do: 'start'; readonly subject: Subject; readonly bounds: Bounds; readonly aim: Aim | null }
  | { readonly do: 'judge'; readonly subject: Subject; readonly bounds: Bounds }
  | { readonly do: 'lead'; readonly subject: Subject; readonly bounds: Bounds; readonly workers: number }
  | { readonly do: 'join'; readonly subject: Subject; readonly space: SharedSpace; readonly index: number }
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

export type SearchAnswer = EngineSource | SearchProgress | SpaceMade | NoRoom | Outcome | ProgressJudged;
