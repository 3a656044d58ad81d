import type { SearchProgress } from './search-protocol.ts';

/** Time between two looks at messages: what a press of Stop waits for. */
export const SLICE_MS = 20;
const REPORT_MS = 125;

/** What work is told from outside; looked at between two slices. */
export interface Control {
  paused: boolean;
  stopped: boolean;
}

/** What stands around work that is done a slice at a time. */
export interface Pace {
  readonly control: Control;
  readonly report: (progress: SearchProgress) => void;
  /** Lets messages in; resolves when the work may go on. */
  readonly pause: () => Promise<void>;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
}

interface Work<T> extends Pace {
  /** Works for a slice of time. Gives what came of it, or null when there is more to do. */
  readonly slice: () => T | null;
  /** How far it is, after so many seconds of work. */
  readonly figures: (seconds: number) => SearchProgress;
}

/** Works until something comes of it, and reports now and then; nothing is done while the user wants a pause. `seconds`: those of work. */
export async function inSlices<T>(work: Work<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const { control, slice, figures, report, pause, now } = work;
  let [busyMs, reported] = [0, 0];
  for (;;) {
    const from = now();
    const result = control.paused && !control.stopped ? null : slice();
    if (!control.paused) busyMs += now() - from;
    const seconds = busyMs / 1000;
    if (result !== null) return { result, seconds };
    if (now() - reported >= REPORT_MS) {
      reported = now();
      report(figures(seconds));
    }
    await pause();
  }
}
