import { create } from 'zustand';
import { type RunningSearch, startSearchWorker } from '../worker/search-client.ts';
import type {
  Bounds,
  Figures,
  Outcome,
  SearchProgress,
  Shortest,
  Subject,
} from '../worker/search-protocol.ts';
import { useWorkbench } from './workbench.ts';

export interface SearchState {
  readonly status: 'idle' | 'running' | 'paused' | 'stopping' | 'ended' | 'dead';
  /** Of the search under way, or of the one that ended last. */
  readonly subject: Subject | null;
  readonly figures: Figures | null;
  /** How many workers search, or searched last. */
  readonly workers: number;
  /** Properties found broken so far. */
  readonly broken: readonly string[];
  readonly outcome: Outcome | null;
  /** Why the worker died; empty unless it did. */
  readonly reason: string;
  readonly bounds: Bounds;
  /** Whether the next search judges `progress`, too. */
  readonly judgesProgress: boolean;
  /** Whether the next search is one with reductions. */
  readonly reduces: boolean;
  /** What the counterexamples of the next search are to have few of. */
  readonly shortest: Shortest;
  /** What the search under way does. */
  readonly stage: SearchProgress['stage'];
}

export const STATE_BOUNDS: readonly number[] = [1e5, 1e6, 1e7, 6e7];
export const MEMORY_BOUNDS: readonly number[] = [128e6, 512e6, 2e9];

const NOTHING_FOUND = {
  figures: null,
  workers: 1,
  broken: [],
  outcome: null,
  reason: '',
  stage: 'search',
} as const;

export const useSearch = create<SearchState>(() => ({
  ...NOTHING_FOUND,
  status: 'idle',
  subject: null,
  bounds: { maxStates: 1e7, maxBytes: 512e6 },
  judgesProgress: false,
  reduces: false,
  shortest: 'steps',
}));

const { getState: get, setState: set } = useSearch;

let running: RunningSearch | null = null;

export function setBounds(bounds: Partial<Bounds>): void {
  set({ bounds: { ...get().bounds, ...bounds } });
}

export function setJudgesProgress(judgesProgress: boolean): void {
  set({ judgesProgress });
}

export function setReduces(reduces: boolean): void {
  set({ reduces });
}

export function setShortest(shortest: Shortest): void {
  set({ shortest });
}

/** Searches what is on screen; a search under way is given up. Nothing happens where a file is on screen. */
export async function startSearch(): Promise<void> {
  const source = useWorkbench.getState().opened?.source;
  if (source?.kind !== 'scenario') return;
  const { scenario, version, overrides } = source;
  const subject = { scenario, version, overrides };
  const { bounds, judgesProgress, reduces, shortest } = get();
  running?.close();
  set({ ...NOTHING_FOUND, status: 'running', subject });
  const mine = startSearchWorker({
    subject,
    bounds,
    progress: judgesProgress,
    reduce: reduces,
    shortest,
    onProgress: ({ figures, workers, broken, stage }) => {
      if (running === mine) set({ figures, stage, ...(stage === 'search' && { workers, broken }) });
    },
  });
  running = mine;
  try {
    const outcome = await mine.outcome;
    if (running === mine)
      set({ status: 'ended', outcome, figures: outcome.figures, workers: outcome.workers });
  } catch (error) {
    if (running === mine)
      set({ status: 'dead', reason: error instanceof Error ? error.message : 'it did not say why' });
  }
}

export function pauseSearch(): void {
  if (get().status !== 'running') return;
  running?.pause();
  set({ status: 'paused' });
}

export function resumeSearch(): void {
  if (get().status !== 'paused') return;
  running?.resume();
  set({ status: 'running' });
}

/** Ends the search; what it found so far is its outcome. */
export function stopSearch(): void {
  running?.stop();
  set({ status: 'stopping' });
}
