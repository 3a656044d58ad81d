import { LONG_RUN, sameMoment } from './moments.ts';
import { nextFrame, nextFramePainted } from './next-frame.ts';
import { settledOf } from './state.ts';
import { seek, useWorkbench } from './workbench.ts';

const { getState: get, setState: set } = useWorkbench;

let target: number | null = null;

/**
 * Goes to the latest place asked for, and leaves out those that were passed while the worker was busy or the moment before
 * was not painted yet. Views that follow have a frame of their own, before the next moment is asked for.
 */
export async function scrub(cursor: number): Promise<void> {
  const underWay = target !== null;
  target = cursor;
  if (underWay) return;
  try {
    for (let done: number | null = null; done !== target;) {
      if (done !== null) await paintMoment();
      done = target;
      await seek(done);
    }
  } finally {
    target = null;
  }
  void paintMoment();
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

/** Views that follow show the moment that the tree shows already. */
export function follow(): void {
  const { dragged, following, cursor } = get();
  if (dragged && following.cursor !== cursor) set((state) => ({ following: settledOf(state) }));
}

/**
 * Waits until the moment is about to be painted. In a long run it is painted in two frames: the tree, then the views that
 * follow. Each is got ready right after the painting before it, so that no frame has all of the work.
 */
async function paintMoment(): Promise<void> {
  if (!get().dragged) {
    await nextFrame();
    return;
  }
  await nextFramePainted();
  follow();
  await nextFrame();
}

/** The timeline rests: all views show the moment that it stands at. */
export function settle(): void {
  clearTimeout(rest);
  if (get().dragged) set((state) => ({ dragged: false, ...sameMoment(state) }));
}
