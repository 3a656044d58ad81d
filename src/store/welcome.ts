import { create } from 'zustand';
import { remember, remembered } from './memory.ts';

const KEY = 'limbo:welcomed';

/** Whether the words for newcomers were put away, now or in an earlier visit. */
export const useWelcome = create<{ readonly done: boolean }>(() => ({ done: remembered(KEY) !== null }));

/** Puts them away for good. */
export function endWelcome(): void {
  remember(KEY, 'done');
  useWelcome.setState({ done: true });
}
