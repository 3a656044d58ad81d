import type { Browser, Page } from 'playwright';
import { drag, idle, zoom } from './acts.ts';
import { during } from './frames.ts';

/** The map of a machine of 24 GB, 6 million frames: how long until it stands, and what moving it costs. */
export async function machineMap(browser: Browser, page: Page): Promise<object> {
  await page.goto(`${page.url().replace(/#.*$/, '')}#screen=reports&report=machine`);
  const pressed = performance.now();
  await page.getByRole('button', { name: /^Open the example/ }).click();
  await page.locator('.frame-map canvas').waitFor({ timeout: 60_000 });
  await idle(page);
  const openMs = Math.round(performance.now() - pressed);
  return {
    openMs,
    pan: await during(browser, page, async () => {
      await zoom(page, '.frame-map canvas');
      await drag(page, '.frame-map canvas');
    }),
    zoom: await during(browser, page, () => zoom(page, '.frame-map canvas')),
  };
}
