import type { Page } from 'playwright';
import { idle } from './acts.ts';
import { type Painted, pressAndPaint } from './painted.ts';

const SHOW = (nth: number): string => `.tl-branches li:nth-child(${String(nth)}) button`;

/** Chooses differently near the start of a long run, runs on, and shows the branches by turns. */
export async function branches(page: Page): Promise<Readonly<Record<string, Painted>>> {
  await page.locator('h1').click();
  await page.keyboard.press('Home');
  await idle(page);
  let fork: Painted | null = null;
  for (let moment = 0; (await page.locator('.tl-branches').count()) === 0; moment++) {
    if (moment === 20) throw new Error('nobody chose differently');
    // A CPU's key takes its step: on the recorded way it is no fork.
    fork = await pressAndPaint(page, { key: String((moment % 2) + 1) });
    await idle(page);
  }
  await page.keyboard.press('End');
  await idle(page);
  await page.keyboard.press('End');
  await idle(page);
  const toMain = await pressAndPaint(page, { selector: SHOW(1) });
  await idle(page);
  const toBranch = await pressAndPaint(page, { selector: SHOW(2) });
  if (fork === null) throw new Error('no fork');
  return { fork, toMain, toBranch };
}
