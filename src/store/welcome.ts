import { create } from 'zustand';
import { remember, remembered } from './memory.ts';
import { useWorkbench } from './state.ts';

const KEY = 'limbo:welcomed';

/** Whether the words for newcomers were put away, now or in an earlier visit. */
export const useWelcome = create<{ readonly done: boolean }>(() => ({ done: remembered(KEY) !== null }));

/** Puts them away for good. */
export function endWelcome(): void {
  remember(KEY, 'done');
  useWelcome.setState({ done: true });
}

/** Whoever moved on so many times knows what the page is. */
const MOVES_OF_A_NEWCOMER = 12;

/** Puts them away when they are no longer needed. Gives a function that stops it. */
export function watchNewcomer(): () => void {
  if (useWelcome.getState().done) return () => undefined;
  let moves = 0;
  const stop = useWorkbench.subscribe((state, before) => {
    // A run that a link opens at its end was not stepped through.
    if (state.opened === before.opened && state.cursor > before.cursor) moves += 1;
    if (moves < MOVES_OF_A_NEWCOMER) return;
    stop();
    endWelcome();
  });
  return stop;
}
