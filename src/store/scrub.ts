import { LONG_RUN } from './moments.ts';
import { nextFrame } from './next-frame.ts';
import { settledOf } from './state.ts';
import { seek, useWorkbench } from './workbench.ts';

const { getState: get, setState: set } = useWorkbench;

let target: number | null = null;

/**
 * Goes to the latest place asked for, and leaves out those that were passed while the worker was busy or the moment before
 * was not painted yet.
 */
export async function scrub(cursor: number): Promise<void> {
  const underWay = target !== null;
  target = cursor;
  if (underWay) return;
  try {
    for (let done: number | null = null; done !== target;) {
      if (done !== null) await nextFrame();
      done = target;
      await seek(done);
    }
  } finally {
    target = null;
  }
}

/** A hand that holds still for so long has come to where it wanted. */
const REST_MS = 120;

let rest: ReturnType<typeof setTimeout> | undefined;

/**
 * Goes along as the timeline is dragged. In a long run views of much text stay where they are until it rests: nobody reads
 * them in motion, and the moment is drawn sooner without them.
 */
export async function drag(cursor: number): Promise<void> {
  if (cursor === (target ?? get().cursor)) return;
  clearTimeout(rest);
  if (!get().dragged && get().length > LONG_RUN) set({ dragged: true });
  rest = setTimeout(settle, REST_MS);
  await scrub(cursor);
}

/** The timeline rests: all views show the moment that it stands at. */
export function settle(): void {
  clearTimeout(rest);
  if (get().dragged) set((state) => ({ dragged: false, settled: settledOf(state) }));
}
