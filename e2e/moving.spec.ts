import type { Page } from '@playwright/test';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, position, press } from './workbench.ts';

const cursorOf = async (page: Page): Promise<number> =>
  Number(/\d+/.exec((await position(page).textContent()) ?? '')?.[0] ?? NaN);

const justNow = (page: Page) => page.locator('.story-line', { hasText: 'Just now' });

test('a line on is many steps of one actor, and a line back leads to the same moments', async ({ page }) => {
  await openWorkbench(page);
  const moments: number[] = [0];
  for (let i = 0; i < 6; i++) {
    await press(page, 'Shift+ArrowRight');
    moments.push(await cursorOf(page));
  }
  expect(moments.at(-1)).toBeGreaterThan(8);
  for (const moment of moments.slice(0, -1).reverse()) {
    await press(page, 'Shift+ArrowLeft');
    expect(await cursorOf(page)).toBe(moment);
  }
  await page.getByRole('button', { name: 'On by a line' }).click();
  await untilIdle(page);
  expect(await cursorOf(page)).toBe(moments[1]);
});

test('Shift and a number run that actor until it cannot move', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '1', 12);
  await press(page, 'Shift+Digit2');
  await expect(page.getByRole('article', { name: 'CPU1 relocate' })).toContainText(
    'waits for acknowledgements',
  );
});

test('brackets lead from event to event, and on into the unknown', async ({ page }) => {
  await openWorkbench(page);
  await page.getByRole('combobox', { name: 'Kind of event to jump to' }).selectOption('swing to a copy');
  await page.getByRole('slider').focus();
  await press(page, ']');
  await expect(justNow(page)).toContainText('CPU1 relocate');
  const first = await cursorOf(page);
  await press(page, ']');
  const second = await cursorOf(page);
  expect(second).toBeGreaterThan(first);
  await press(page, '[');
  expect(await cursorOf(page)).toBe(first);
  await press(page, '[');
  await expect(page.getByRole('alert')).toContainText('No swing to a copy before this step');
});

test('a run stops at a line that was marked by keyboard, and the mark can be taken away', async ({
  page,
}) => {
  await openWorkbench(page);
  const code = page.getByRole('list', { name: 'Program of CPU1 relocate' });
  const mark = code.getByRole('button', { name: 'Stop at “nesting count += 1 under page_table_lock”' });
  await code.focus();
  await page.keyboard.press('Tab');
  while (!(await mark.evaluate((element) => element === document.activeElement)))
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  await press(page, 'End');
  await expect(page.getByText('Stopped: CPU1 relocate is at “nesting count')).toBeVisible();
  await page.getByRole('button', { name: 'Run options' }).click();
  await page.getByRole('button', { name: /^No longer stop: where CPU1 relocate/ }).click();
  await expect(mark).toHaveAttribute('aria-pressed', 'false');
});

test('F runs until a property fails', async ({ page }) => {
  await openWorkbench(page);
  await page.goto('./#v=1&scenario=tree&design=2008-01-04');
  await page.reload();
  await untilIdle(page);
  await press(page, 'f');
  await expect(justNow(page)).toContainText('violates “Completeness”');
});
