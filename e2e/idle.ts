import type { Page } from '@playwright/test';

/** Waits until the page has nothing left to compute, to draw or to move: it says so on `<html data-idle="true">`. */
export async function untilIdle(page: Page): Promise<void> {
  await page.locator('html[data-idle="true"]').waitFor({ state: 'attached' });
}
