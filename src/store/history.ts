import { create } from 'zustand';
import type { Change } from '../worker/history.ts';
import type { StateObject } from '../worker/objects.ts';
import { ask, inTurn } from './connection.ts';

/** What became of the object that is inspected, up to the moment shown; oldest first. */
export interface HistoryState {
  readonly of: StateObject | null;
  readonly changes: readonly Change[];
}

export const useHistory = create<HistoryState>(() => ({ of: null, changes: [] }));

let wanted: StateObject | null = null;

/** Asks for the history of an object as of now; of several asked for meanwhile only the last is fetched. */
export async function fetchHistory(object: StateObject): Promise<void> {
  wanted = object;
  await inTurn(async () => {
    if (wanted !== object) return;
    const answer = await ask({ do: 'history', object });
    if (answer?.kind === 'history' && wanted === object)
      useHistory.setState({ of: object, changes: answer.changes });
  });
}
