import type { Browser, Page } from 'playwright';
import { percentiles } from '../percentiles.ts';

/** What one activity cost, in milliseconds. */
export interface FrameCosts {
  /** From one frame to the next: what whoever watches sees, with all that other programs take away. */
  readonly frameMs: ReturnType<typeof percentiles>;
  /** Processor time of the page's main thread from frame to frame: what others take away does not count. */
  readonly ownWorkMs: ReturnType<typeof percentiles>;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  /** Microseconds of the thread's own time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'];

/** Measures the page while `act` goes on. */
export async function during(browser: Browser, page: Page, act: () => Promise<void>): Promise<FrameCosts> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await startGaps(page);
  await act();
  const gaps = await endGaps(page);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  return { frameMs: percentiles(gaps.slice(2)), ownWorkMs: percentiles(workOfFrames(traceEvents)) };
}

function startGaps(page: Page): Promise<void> {
  return page.evaluate(() => {
    const found = { gaps: [] as number[], on: true };
    Object.assign(globalThis, { limboFrames: found });
    let last = performance.now();
    const look = (now: number): void => {
      found.gaps.push(now - last);
      last = now;
      if (found.on) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

function endGaps(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const { limboFrames } = globalThis as unknown as { limboFrames: { gaps: number[]; on: boolean } };
    limboFrames.on = false;
    return limboFrames.gaps;
  });
}

/** The main thread's tasks, added up from each beginning of a frame to the next. */
export function workOfFrames(events: readonly TraceEvent[]): readonly number[] {
  const main = mainThread(events);
  const own = events.filter((event) => event.pid === main?.pid && event.tid === main.tid);
  const begins = own
    .filter(({ name }) => name === 'FireAnimationFrame')
    .map(({ ts }) => ts)
    .toSorted((a, b) => a - b);
  const sums = begins.map(() => 0);
  const tasks = own.filter(({ name }) => name.endsWith('RunTask')).toSorted((a, b) => a.ts - b.ts);
  let frame = 0;
  for (const { ts, tdur = 0 } of tasks) {
    while (frame + 1 < begins.length && (begins[frame + 1] ?? 0) <= ts) frame += 1;
    sums[frame] = (sums[frame] ?? 0) + tdur / 1000;
  }
  return sums;
}

/** The page's own: of all main threads of renderers the one that painted most frames. */
function mainThread(events: readonly TraceEvent[]): TraceEvent | undefined {
  const frames = ({ pid }: TraceEvent): number =>
    events.filter((event) => event.pid === pid && event.name === 'FireAnimationFrame').length;
  return events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .toSorted((a, b) => frames(b) - frames(a))[0];
}
