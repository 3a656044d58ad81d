import type { Browser, Page } from 'playwright';
import { percentiles } from '../percentiles.ts';
import { traced, workOfPresses } from './frames.ts';
import { type Painted, pressAndPaint } from './painted.ts';

const SEEKS = 60;

/** Presses the timeline at moments far from each other. `ownWorkMs` is what the main thread had to do for each. */
export async function seeks(
  browser: Browser,
  page: Page,
): Promise<Readonly<Record<keyof Painted | 'ownWorkMs', object>>> {
  const slider = page.getByRole('slider', { name: 'Moment of the run' });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('no timeline');
  const found: Painted[] = [];
  const trace = await traced(browser, page, async () => {
    for (let i = 0; i < SEEKS; i++) {
      // Of the timeline's columns, which double as a run grows, more than half are always in use.
      const part = (((i + 1) * 7919) % 997) / 2000;
      found.push(
        await pressAndPaint(page, { point: [box.x + 9 + part * box.width, box.y + box.height / 2] }),
      );
    }
  });
  return {
    answerMs: percentiles(found.map(({ answerMs }) => answerMs)),
    paintedMs: percentiles(found.map(({ paintedMs }) => paintedMs)),
    wholeMs: percentiles(found.map(({ wholeMs }) => wholeMs)),
    ownWorkMs: percentiles(workOfPresses(trace)),
  };
}
