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
  /** Microseconds by the clock, and of the thread's own time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

export type Trace = readonly TraceEvent[];

const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  '__metadata',
];

/** What happened in the browser while `act` went on. */
export async function traced(browser: Browser, page: Page, act: () => Promise<void>): Promise<Trace> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: Trace };
  return trace.traceEvents;
}

/** Measures the page while `act` goes on. */
export async function during(browser: Browser, page: Page, act: () => Promise<void>): Promise<FrameCosts> {
  let gaps: readonly number[] = [];
  const trace = await traced(browser, page, async () => {
    await startGaps(page);
    await act();
    gaps = await endGaps(page);
  });
  return { frameMs: percentiles(gaps.slice(2)), ownWorkMs: percentiles(workOfFrames(trace)) };
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
export function workOfFrames(events: Trace): readonly number[] {
  const own = ofMainThread(events);
  const begins = timesOf(own, 'FireAnimationFrame');
  const sums = begins.map(() => 0);
  let frame = 0;
  for (const { ts, tdur = 0 } of tasksOf(own)) {
    while (frame + 1 < begins.length && (begins[frame + 1] ?? 0) <= ts) frame += 1;
    sums[frame] = (sums[frame] ?? 0) + tdur / 1000;
  }
  return sums;
}

/** The main thread's tasks, added up from each press to its picture; milliseconds of the thread's own time. */
export function workOfPresses(events: Trace): readonly number[] {
  const own = ofMainThread(events);
  const tasks = tasksOf(own);
  const painted = timesOf(own, 'limbo-painted');
  return timesOf(own, 'limbo-press').map((from, i) => {
    const to = painted[i] ?? Infinity;
    const between = tasks.filter(({ ts, dur = 0 }) => ts + dur > from && ts < to);
    return between.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0);
  });
}

function tasksOf(own: Trace): Trace {
  return own.filter(({ name }) => name.endsWith('RunTask') && !name.startsWith('Thread')).toSorted(inTime);
}

function timesOf(own: Trace, named: string): readonly number[] {
  return own
    .filter(({ name }) => name === named)
    .toSorted(inTime)
    .map(({ ts }) => ts);
}

const inTime = (a: TraceEvent, b: TraceEvent): number => a.ts - b.ts;

function ofMainThread(events: Trace): Trace {
  const main = mainThread(events);
  return events.filter((event) => event.pid === main?.pid && event.tid === main.tid);
}

/** The page's own: of all main threads of renderers the one that painted most frames. */
function mainThread(events: Trace): TraceEvent | undefined {
  const frames = ({ pid }: TraceEvent): number =>
    events.filter((event) => event.pid === pid && event.name === 'FireAnimationFrame').length;
  return events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .toSorted((a, b) => frames(b) - frames(a))[0];
}
