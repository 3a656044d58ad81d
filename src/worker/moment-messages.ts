import type { ChunkWords } from '../explorer/chunks.ts';
import type { PropertyId } from '../properties/properties.ts';
import type { BranchView } from './branch-messages.ts';
import type { StateObject } from './objects.ts';
import type { Place } from './places.ts';
import type { Stopped } from './stops.ts';
import type { Waits } from './waits.ts';

/** One move that an actor has at this moment, possible or not. */
export interface Choice {
  readonly actor: number;
  readonly move: number;
  readonly enabled: boolean;
  /** What the step does, with its arguments. */
  readonly label: string;
  readonly tag: string;
  readonly line: number;
  /** Why it cannot be made; empty when it can. */
  readonly why: string;
}

/** What a step broke. */
export interface Violation {
  readonly property: PropertyId;
  readonly why: string;
  /** Frames that the reason names. */
  readonly frames: readonly number[];
  /** What it is about, to ask for its history; null where the reason names nothing. */
  readonly object: StateObject | null;
  /** Of a deadlock: who waits for whom. */
  readonly waits: Waits | null;
}

/** A step that was taken. */
export interface StepRecord {
  readonly index: number;
  readonly actor: number;
  readonly move: number;
  readonly tag: string;
  readonly label: string;
  readonly line: number;
  /** Frames that the label names, in its order. */
  readonly frames: readonly number[];
  readonly violations: readonly Violation[];
  readonly moments: readonly string[];
}

/** One point of a run, as the page needs it to draw. */
export interface Moment {
  readonly kind: 'moment';
  /** Steps taken at this moment, and steps recorded. */
  readonly cursor: number;
  readonly length: number;
  /** The whole state when the page has none; else null. */
  readonly words: Int32Array | null;
  /** Chunks of the state in which words may differ from the moment sent before; none when the whole state is sent. */
  readonly written: ChunkWords;
  /** Words that the step before the cursor changed, in order, and what was in them before that step. */
  readonly changed: Int32Array;
  readonly before: Int32Array;
  readonly choices: readonly Choice[];
  /** Records from index `keep` on replace what the page had; `keep` = its length when nothing changed. */
  readonly keep: number;
  /** Those of them that the page was never sent; it numbers all that it is sent from 0 on, since the run was opened. */
  readonly records: readonly StepRecord[];
  /** By those numbers: the records from index `keep` on. */
  readonly numbers: Int32Array;
  /** Tables that came into the tree after step `keep` (all of them when `words` is sent); they replace those with `since` > keep. */
  readonly places: readonly Place[];
  /** Which branch is shown. */
  readonly branch: number;
  /** All branches, the first one first, parents before children; null when they are as sent before. */
  readonly branches: readonly BranchView[] | null;
  /** The stop that was met here; null where the run came for another reason. */
  readonly stopped: Stopped | null;
}
