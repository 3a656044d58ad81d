import { create } from 'zustand';
import type { RunCost } from '../worker/run-cost.ts';
import { ask, inTurn } from './connection.ts';
import { showDock, showScreen, useDock, WORKBENCH } from './screens.ts';

/** The companion that tells what the run cost. */
export const COST_DOCK = 'cost';

/** What the run cost up to a moment; null until it was counted. */
export const useRunCost = create<{ readonly cost: RunCost | null }>(() => ({ cost: null }));

/** What stood beside the views before: it comes back. */
let before: string | null = null;

/** Shows what the run costs beside its views, or puts it away. */
export function toggleCost(): void {
  const { dock } = useDock.getState();
  if (dock === COST_DOCK) {
    showDock(before);
    return;
  }
  before = dock;
  showScreen(WORKBENCH);
  showDock(COST_DOCK);
}

let wanted = 0;

/** Counts what the run cost up to the moment shown; of several counts asked for meanwhile only the last is made. */
export async function countCost(): Promise<void> {
  wanted += 1;
  const mine = wanted;
  await inTurn(async () => {
    if (wanted !== mine) return;
    const answer = await ask({ do: 'cost' });
    if (answer?.kind === 'cost') useRunCost.setState({ cost: answer.cost });
  });
}
