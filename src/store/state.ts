import { create } from 'zustand';
import type { Scene } from '../machine/decode.ts';
import type { Place } from '../worker/places.ts';
import type { BranchView } from '../worker/branch-messages.ts';
import type { FileSummary } from '../worker/file-summary.ts';
import type { Choice, StepRecord } from '../worker/moment-messages.ts';
import type { Opened, Progress, Source } from '../worker/protocol.ts';
import type { Stopped } from '../worker/stops.ts';
import type { Selection } from './selection.ts';

/** What the first visitor sees: a whole tree about to move, paused before its first step. */
export const FIRST_SOURCE: Source = {
  kind: 'scenario',
  scenario: 'tree',
  version: '2008-05-09',
  overrides: { nodeTest: 'pointee' },
};

/** A moment as it is shown by views that follow later, or not at all, while the timeline is dragged. */
export type Settled = Pick<WorkbenchState, 'scene' | 'changed' | 'before' | 'choices' | 'cursor'>;

export function settledOf({ scene, changed, before, choices, cursor }: Settled): Settled {
  return { scene, changed, before, choices, cursor };
}

/** A message for the reader: what happened, what was kept, what to do. */
export interface Notice {
  readonly tone: 'error' | 'info';
  readonly text: string;
  /** The simulation is gone: the notice offers to reopen the run where it stood. */
  readonly reopen: boolean;
}

export interface WorkbenchState {
  /** null until the first answer. */
  readonly opened: Opened | null;
  /** The state at the cursor. A new object for each moment; `words` is changed in place. */
  readonly scene: Scene | null;
  /** Word offsets that the step before the cursor changed, in order, and what they held before it. */
  readonly changed: Int32Array;
  readonly before: Int32Array;
  readonly cursor: number;
  readonly length: number;
  /** Too much lies between this moment and the one shown before to be followed: nothing moves from there to here. */
  readonly leapt: boolean;
  readonly choices: readonly Choice[];
  /** The timeline is being dragged: views of much text keep to `settled` until it rests, and say so. */
  readonly dragged: boolean;
  readonly settled: Settled;
  /** What views show that follow a frame after the tree while the timeline is dragged: half of the work in each frame. */
  readonly following: Settled;
  readonly records: readonly StepRecord[];
  /** All records that the worker ever sent of this run, of all its branches, in the order of sending: the list grows in place. */
  readonly arrived: StepRecord[];
  /** Where tables are and were, up to the end of the run: those with since <= cursor exist at the cursor. */
  readonly places: readonly Place[];
  /** The stop that the run met here; null where it came for another reason. */
  readonly stopped: Stopped | null;
  /** The futures of this run, and which one `records` are of. */
  readonly branches: readonly BranchView[];
  readonly branch: number;
  /** The file read last, relocated or not. */
  readonly file: FileSummary | null;
  readonly busy: boolean;
  readonly progress: Progress | null;
  readonly notice: Notice | null;
  readonly playing: boolean;
  readonly stepsPerSecond: number;
  /** Playing and running stop at a step that violates a property. */
  readonly stopOnViolation: boolean;
  readonly seed: number;
  readonly selection: Selection | null;
  readonly hover: Selection | null;
}

const NO_WORDS = new Int32Array(0);
const NOTHING: Settled = { scene: null, changed: NO_WORDS, before: NO_WORDS, choices: [], cursor: 0 };

export const useWorkbench = create<WorkbenchState>(() => ({
  opened: null,
  ...NOTHING,
  dragged: false,
  settled: NOTHING,
  following: NOTHING,
  length: 0,
  leapt: true,
  records: [],
  arrived: [],
  places: [],
  stopped: null,
  branches: [],
  branch: 0,
  file: null,
  busy: false,
  progress: null,
  notice: null,
  playing: false,
  stepsPerSecond: 4,
  stopOnViolation: true,
  seed: 1,
  selection: null,
  hover: null,
}));
