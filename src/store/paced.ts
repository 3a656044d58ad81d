import { nextFrame } from './next-frame.ts';

/** What is played: whether it still goes on, how fast it is to go now, and what takes the steps that are due. */
export interface Played {
  readonly isOn: () => boolean;
  readonly stepsPerSecond: () => number;
  readonly take: (steps: number) => Promise<void>;
}

/** Time lost while the page was hidden or slow is not made up for beyond this. */
const LONGEST_FRAME_MS = 250;

/** Takes the first step at once and the others in time, as many a frame as are due, until it is not on any more. */
export async function takePaced({ isOn, stepsPerSecond, take }: Played): Promise<void> {
  let due = 1;
  let last = await nextFrame();
  while (isOn()) {
    const steps = Math.floor(due);
    if (steps >= 1) {
      due -= steps;
      await take(steps);
    }
    const now = await nextFrame();
    due += (Math.min(now - last, LONGEST_FRAME_MS) / 1000) * stepsPerSecond();
    last = now;
  }
}
