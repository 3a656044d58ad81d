import { create } from 'zustand';
import { compareAt, type CompareState, useCompare } from './compare.ts';
import { comparedLength } from './compare-side.ts';
import { stoppedAt } from './compare-rows.ts';
import { takePaced } from './paced.ts';
import { useWorkbench } from './workbench.ts';

/** Where playing both runs stops before their end. */
export type PlayStop = 'end' | 'difference' | 'failure';

export const useComparePlay = create<{ readonly stop: PlayStop }>(() => ({ stop: 'difference' }));

const { getState: get, setState: set } = useCompare;

/** Plays both runs on, or back, at the speed of the workbench: until they end, the chosen stop is reached or it is paused. */
export async function playBoth(by: 1 | -1): Promise<void> {
  if (get().sides === null || isAtItsEnd(get(), by)) return;
  const isOn = (): boolean => get().playing === by;
  if (isOn()) return;
  set({ playing: by });
  await takePaced({
    isOn,
    stepsPerSecond: () => useWorkbench.getState().stepsPerSecond,
    take: (steps) => playSome(by, steps),
  });
}

export function pauseBoth(): void {
  set({ playing: null });
}

/** Plays that way, or pauses what plays. */
export function togglePlayBoth(by: 1 | -1): void {
  if (get().playing === null) void playBoth(by);
  else pauseBoth();
}

/** Goes to a moment of both runs; ends playing. */
export function goBothTo(moment: number): void {
  pauseBoth();
  void compareAt(moment);
}

/** Whether both stand where playing that way cannot go on. */
export function isAtItsEnd({ sides, index }: CompareState, by: 1 | -1): boolean {
  return sides === null || index === (by === 1 ? comparedLength(sides) : 0);
}

async function playSome(by: 1 | -1, steps: number): Promise<void> {
  const state = get();
  if (state.sides === null) return;
  const { index: from } = state;
  const to = Math.max(0, Math.min(comparedLength(state.sides), from + by * steps));
  const stop = stopOf(state);
  const reached = stoppedAt({ from, to, stop });
  await compareAt(reached);
  if (get().playing === by && (reached === stop || isAtItsEnd(get(), by))) pauseBoth();
}

/** The moment at which playing stops, wherever it comes from; null for none before the ends. */
function stopOf({ landmarks }: CompareState): number | null {
  const { stop } = useComparePlay.getState();
  if (stop === 'difference') return landmarks.differences[0] ?? null;
  return stop === 'failure' ? landmarks.failure : null;
}
