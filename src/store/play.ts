import { breakingSteps } from '../worker/breaking.ts';
import { advancePlaying, RUN_LIMIT, runOn, seek, useWorkbench } from './workbench.ts';

const { getState: get, setState: set } = useWorkbench;

/** Speeds offered, in steps a second. */
export const SPEEDS: readonly number[] = [1, 2, 4, 8, 15, 30, 60, 250, 1000];

/** Time lost while the page was hidden or slow is not made up for beyond this. */
const LONGEST_FRAME_MS = 250;

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** True when nobody can move and nothing is recorded beyond the cursor. */
export function atEnd({ cursor, length, choices }: ReturnType<typeof get>): boolean {
  return cursor === length && !choices.some(({ enabled }) => enabled);
}

/** Plays at the chosen speed until it is paused, nobody can move, or a step violates a property. */
export async function play(): Promise<void> {
  if (get().playing || atEnd(get())) return;
  set({ playing: true });
  let due = 1;
  let last = await frame();
  while (get().playing) {
    const steps = Math.floor(due);
    if (steps >= 1) {
      due -= steps;
      await playSome(steps);
    }
    const now = await frame();
    due += (Math.min(now - last, LONGEST_FRAME_MS) / 1000) * get().stepsPerSecond;
    last = now;
  }
}

async function playSome(steps: number): Promise<void> {
  const before = get().cursor;
  await advancePlaying(steps);
  const bad = firstViolation(before);
  if (bad !== null && get().stopOnViolation) await stopAt(bad);
  else if (get().cursor === before || atEnd(get())) pause();
}

/** The first moment after `from`, up to the cursor, that a step led to which breaks a property. */
function firstViolation(from: number): number | null {
  const { records, cursor } = get();
  const [first] = breakingSteps(records, from, cursor);
  return first === undefined ? null : first.index + 1;
}

async function stopAt(cursor: number): Promise<void> {
  pause();
  await seek(cursor);
}

export function pause(): void {
  set({ playing: false });
}

export function togglePlay(): void {
  if (get().playing) pause();
  else void play();
}

/** Runs on by the seed until nobody can move or, if so chosen, to the first violation. */
export async function runToEnd(): Promise<void> {
  const before = get().cursor;
  await runOn(RUN_LIMIT);
  const bad = firstViolation(before);
  if (bad !== null && get().stopOnViolation) await stopAt(bad);
}
