import { create } from 'zustand';
import type { Counterexample } from './counterexample.ts';

/** A run that goes on for ever. */
export type EndlessRun = Counterexample & { readonly cycleStart: number };

export function isEndless(shown: Counterexample): shown is EndlessRun {
  return shown.cycleStart !== undefined;
}

/** The run without end that was opened last, for the timeline to mark where it begins to repeat. Small: it is in the first load. */
export const useEndless = create<{ readonly shown: EndlessRun | null }>(() => ({ shown: null }));
