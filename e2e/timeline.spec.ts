import type { Page } from '@playwright/test';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, press, slider } from './workbench.ts';

async function boxOfSlider(page: Page) {
  const box = await slider(page).boundingBox();
  if (box === null) throw new Error('the timeline is not drawn');
  return box;
}

test('dragging along the timeline goes to every moment, and the start is at its left end', async ({
  page,
}) => {
  await openWorkbench(page);
  await press(page, 'End');
  const end = Number(await slider(page).getAttribute('aria-valuemax'));
  const { x, y, width } = await boxOfSlider(page);
  await page.mouse.move(x + width * 0.5, y + 30);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.25, y + 40, { steps: 12 });
  await untilIdle(page);
  const quarter = Number(await slider(page).getAttribute('aria-valuenow'));
  expect(quarter).toBeGreaterThan(end * 0.2);
  expect(quarter).toBeLessThan(end * 0.5);
  await page.mouse.move(x - 200, y + 300, { steps: 5 });
  await page.mouse.up();
  await untilIdle(page);
  await expect(slider(page)).toHaveAttribute('aria-valuenow', '0');
});

test('the timeline tells of the step under the pointer', async ({ page }) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 3);
  const { x, y } = await boxOfSlider(page);
  await page.mouse.move(x + 10, y + 30);
  await expect(page.locator('.tl-pointed')).toHaveText(/^1 CPU\d \w+: /);
  await page.mouse.move(x + 500, y - 200);
  await expect(page.locator('.tl-pointed')).toHaveText('');
});

test('as a slider it takes keys, and says in words where it stands', async ({ page }) => {
  await openWorkbench(page);
  await press(page, 'End');
  await slider(page).focus();
  await press(page, 'PageUp');
  const end = Number(await slider(page).getAttribute('aria-valuemax'));
  await expect(slider(page)).toHaveAttribute('aria-valuenow', String(end - 10));
  await press(page, 'ArrowLeft');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', new RegExp(`^Step ${String(end - 11)} of`));
});
