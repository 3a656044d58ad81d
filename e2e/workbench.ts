import type { Locator, Page } from '@playwright/test';
import { untilIdle } from './idle.ts';

/** The page as a user meets it, ready for the first press. */
export async function openWorkbench(page: Page): Promise<void> {
  await page.goto('./');
  await untilIdle(page);
}

/** The moment shown: `step 3 of 7`. */
export function position(page: Page): Locator {
  return page.getByText(/^step [\d,]+ of [\d,]+$/);
}

/** Presses a key so many times, and waits until all of it is drawn. */
export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
  await untilIdle(page);
}

/** The control that goes to any moment. */
export function slider(page: Page): Locator {
  return page.getByRole('slider', { name: 'Moment of the run' });
}

export interface SampleFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Chooses a file, or the one at a path, as a user would with the button. */
export async function chooseFile(page: Page, file: SampleFile | string): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file…' }).click();
  await (await asked).setFiles(typeof file === 'string' ? file : { ...file });
  await untilIdle(page);
}

export function jsonFile(name: string, content: string): SampleFile {
  return { name, mimeType: 'application/json', buffer: Buffer.from(content) };
}

/**
 * The views as they are drawn. All is painted afresh before: Chromium paints edges a shade differently when it has only
 * a part to paint. Boxes of code are left out: they scroll no further than they must, which depends on the way.
 */
export async function picture(page: Page): Promise<Buffer> {
  const views = page.locator('main');
  for (const visibility of ['hidden', '']) {
    await views.evaluate((element, value) => {
      element.style.visibility = value;
      return new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
    }, visibility);
  }
  await untilIdle(page);
  return views.screenshot({ mask: [page.locator('.code')] });
}

/** Chooses a version of the design, and applies it. */
export async function chooseVersion(page: Page, id: string): Promise<void> {
  await page.getByRole('button', { name: /^Design/ }).click();
  await page.getByRole('combobox', { name: 'Version' }).selectOption({ value: id });
  await page.getByRole('button', { name: /^Apply/ }).click();
  await untilIdle(page);
}
