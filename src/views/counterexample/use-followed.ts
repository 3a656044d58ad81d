import type { Counterexample } from '../../store/counterexample.ts';
import { followedSteps } from '../../store/followed.ts';
import { useWorkbench } from '../../store/workbench.ts';

/** How many steps of the counterexample the run on screen has gone; null when the run is another one. */
export function useFollowed(shown: Counterexample): number | null {
  const source = useWorkbench((state) => state.opened?.source);
  const records = useWorkbench((state) => state.records);
  return followedSteps(shown, source, records);
}
