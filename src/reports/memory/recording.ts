import { at } from '../../lib/at.ts';

/** What a step of a recording did. */
export const STEP_OPS = [
  'allocate',
  'free',
  'move',
  'relocate',
  'flush',
  'isolate',
  'refuse',
  'offline',
  'online',
  'map-huge',
] as const;
export type StepOp = (typeof STEP_OPS)[number];

export interface Step {
  readonly op: StepOp;
  /** The frame it is about, -1 for none. */
  readonly frame: number;
  /** Where its content went, -1 for nowhere. */
  readonly to: number;
}

/** A memory map at its start, and every change of a frame's kind since, step by step. Plain data: it goes through messages. */
export interface Recording {
  readonly start: Uint8Array;
  readonly steps: readonly Step[];
  /** By step: changes made up to its end. */
  readonly ends: readonly number[];
  /** By change: frame, and kind from then on. */
  readonly frames: readonly number[];
  readonly kinds: readonly number[];
}

/** A recording that is being made. */
export interface Recorder {
  readonly start: Uint8Array;
  readonly steps: Step[];
  readonly ends: number[];
  readonly frames: number[];
  readonly kinds: number[];
}

export function startRecording(map: Uint8Array): Recorder {
  return { start: map.slice(), steps: [], ends: [], frames: [], kinds: [] };
}

/** Begins a step; the changes that follow belong to it. */
export function recordStep(recorder: Recorder, step: Step): void {
  recorder.steps.push(step);
  recorder.ends.push(recorder.frames.length);
}

/** A frame's kind changed within the step begun last. Throws when none was. */
export function recordChange(recorder: Recorder, frame: number, kind: number): void {
  if (recorder.steps.length === 0) throw new Error('a change belongs to a step');
  recorder.frames.push(frame);
  recorder.kinds.push(kind);
  recorder.ends[recorder.ends.length - 1] = recorder.frames.length;
}

/** The map after so many steps (0: the start; more than there are: the end). */
export function mapAt(recording: Recording, steps: number): Uint8Array {
  const map = recording.start.slice();
  applySteps(recording, map, [0, steps]);
  return map;
}

/** Brings a map that stands after `from` steps to where it stands after `to`, which is not before. */
export function applySteps(
  { ends, frames, kinds }: Recording,
  map: Uint8Array,
  [from, to]: readonly [from: number, to: number],
): void {
  const end = to <= 0 ? 0 : (ends[Math.min(to, ends.length) - 1] ?? 0);
  for (let i = from <= 0 ? 0 : at(ends, from - 1); i < end; i++) map[at(frames, i)] = at(kinds, i);
}
