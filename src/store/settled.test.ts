import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHandler, handle } from '../worker/handler.ts';
import type { Request } from '../worker/protocol.ts';
import { takeMoment, takeOpened } from './moments.ts';
import { follow, settle } from './scrub.ts';
import { FIRST_SOURCE, useWorkbench } from './state.ts';

const { getState: get, setState: set } = useWorkbench;

const yielding = { id: 1, report: () => undefined, pause: () => Promise.resolve() };

/** Asks a worker of its own, in this thread, and shows what it answers. */
async function show(handler: ReturnType<typeof createHandler>, request: Request): Promise<void> {
  const answer = await handle(handler, request, yielding);
  if (answer.kind === 'opened') takeOpened(answer);
  else if (answer.kind === 'moment') takeMoment(answer);
  else throw new Error(`no moment but ${answer.kind}`);
}

describe('the moment that views of much text show', () => {
  let handler = createHandler();
  beforeEach(async () => {
    handler = createHandler();
    await show(handler, { do: 'open', source: FIRST_SOURCE, schedule: [], cursor: 0 });
    await show(handler, { do: 'advance', seed: 1, steps: 20 });
  });

  it('is the one at the cursor', () => {
    const { scene, changed, before, choices, cursor, settled, following } = get();
    expect(cursor).toBe(20);
    expect(settled).toEqual({ scene, changed, before, choices, cursor });
    expect(following).toBe(settled);
    expect(settled.scene).toBe(scene);
  });

  it('stays while the timeline is dragged, and is the one at the cursor again when it rests', async () => {
    const before = get().settled;
    set({ dragged: true });
    await show(handler, { do: 'seek', cursor: 7 });
    expect(get().cursor).toBe(7);
    expect(get().settled).toBe(before);
    settle();
    expect(get()).toMatchObject({ dragged: false, settled: { cursor: 7 } });
    expect(get().settled.choices).toBe(get().choices);
  });

  it('follows in the next frame where little text is shown', async () => {
    const before = get().following;
    set({ dragged: true });
    await show(handler, { do: 'seek', cursor: 7 });
    expect(get().following).toBe(before);
    follow();
    const { scene, changed, settled, following } = get();
    expect(following).toMatchObject({ cursor: 7 });
    expect([following.scene, following.changed]).toEqual([scene, changed]);
    expect(settled.cursor).toBe(20);
    settle();
    expect(get().settled).toBe(get().following);
  });

  describe('after a leap in a long run', () => {
    let paint = (): void => undefined;
    beforeEach(() => {
      vi.useFakeTimers();
      vi.stubGlobal('requestAnimationFrame', (callback: () => void) => (paint = callback));
    });
    afterEach(() => {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    });

    /** From step 20 of a run that is said to be long to its step 7, as if step 20 were far from there. */
    async function leap(): Promise<void> {
      set({ cursor: 900 });
      const answer = await handle(handler, { do: 'seek', cursor: 7 }, yielding);
      if (answer.kind === 'moment') takeMoment({ ...answer, length: 2000 });
    }

    it('follows when the tree is painted', async () => {
      const { settled, following } = get();
      await leap();
      expect(get()).toMatchObject({ cursor: 7, leapt: true });
      expect(get().settled).toBe(settled);
      expect(get().following).toBe(following);
      paint();
      await vi.runAllTimersAsync();
      expect(get().settled).toMatchObject({ cursor: 7, scene: get().scene, choices: get().choices });
      expect(get().following).toBe(get().settled);
    });

    it('waits for the hand to rest where the timeline was taken hold of meanwhile', async () => {
      const { settled } = get();
      await leap();
      set({ dragged: true });
      paint();
      await vi.runAllTimersAsync();
      expect(get().settled).toBe(settled);
      settle();
      expect(get().settled.cursor).toBe(7);
    });

    it('does not wait where the run is played', async () => {
      set({ playing: true });
      await leap();
      set({ playing: false });
      expect(get().settled.cursor).toBe(7);
    });
  });

  it('is that of a run which is opened meanwhile', async () => {
    set({ dragged: true });
    await show(handler, { do: 'open', source: FIRST_SOURCE, schedule: [], cursor: 0 });
    expect(get()).toMatchObject({ dragged: false, settled: { cursor: 0 } });
    expect(get().settled.scene).toBe(get().scene);
  });
});
