import { runInThisContext } from 'node:vm';
import type { MakeEngine } from '../../explorer/engine.ts';
import type { Control } from '../in-slices.ts';
import { engineTextOf, type LoopArgs } from '../search-loop.ts';
import type { SearchProgress, Subject } from '../search-protocol.ts';

/** Bounds that no scenario of these tests reaches. */
export const FEW = { maxStates: 1e6, maxBytes: 1e9 };

/** What a loop of the worker's search is run with in a test, and what it reports. */
export interface Paced {
  readonly args: LoopArgs;
  readonly progress: readonly SearchProgress[];
}

/**
 * A loop with a clock that goes on by 30 ms whenever it is looked at, so that each slice is one batch. `onPause` hears of the pauses between them, counted
 * from 1, and may change what the user wants.
 */
export function paced(
  subject: Subject,
  bounds = FEW,
  onPause: (control: Control, pauses: number) => void = () => undefined,
): Paced {
  const control: Control = { paused: false, stopped: false };
  const progress: SearchProgress[] = [];
  let [time, pauses] = [0, 0];
  const args: LoopArgs = {
    subject,
    bounds,
    make: runInThisContext(engineTextOf(subject)) as MakeEngine,
    control,
    report: (figures) => progress.push(figures),
    pause: () => {
      onPause(control, ++pauses);
      return Promise.resolve();
    },
    now: () => (time += 30),
  };
  return { args, progress };
}
