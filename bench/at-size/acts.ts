import type { Page } from 'playwright';

const MOVES = 60;

export async function idle(page: Page): Promise<void> {
  await page.locator('html[data-idle="true"]').waitFor({ state: 'attached', timeout: 300_000 });
}

async function middleOf(page: Page, selector: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`nothing at ${selector}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Drags what is there around in curves. */
export async function drag(page: Page, selector: string): Promise<void> {
  const { x, y } = await middleOf(page, selector);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < MOVES; i++) await page.mouse.move(x + Math.sin(i / 8) * 120, y + Math.cos(i / 8) * 60);
  await page.mouse.up();
}

/** Zooms in by the wheel and out again. */
export async function zoom(page: Page, selector: string): Promise<void> {
  const { x, y } = await middleOf(page, selector);
  await page.mouse.move(x, y);
  for (let i = 0; i < MOVES; i++) await page.mouse.wheel(0, i < MOVES / 2 ? -120 : 120);
}

/** Plays for some seconds. */
export async function play(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 4000)));
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await idle(page);
}
