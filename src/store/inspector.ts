import { create } from 'zustand';
import { remember, remembered } from './memory.ts';

const KEY = 'limbo:inspector';

/** Whether what is chosen is inspected beside the views; remembered. */
export const useInspector = create<{ readonly wanted: boolean }>(() => ({
  wanted: remembered(KEY) !== 'hidden',
}));

export function showInspector(wanted: boolean): void {
  remember(KEY, wanted ? 'shown' : 'hidden');
  useInspector.setState({ wanted });
}
