import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { chooseVersion, openWorkbench, position, press } from './workbench.ts';

test('Space plays and pauses', async ({ page }) => {
  await openWorkbench(page);
  await page.keyboard.press('Space');
  await expect(page.locator('html')).toHaveAttribute('data-idle', 'false');
  await expect(position(page)).toHaveText(/^step [3-9] of/);
  await page.keyboard.press('Space');
  await untilIdle(page);
  const paused = await position(page).textContent();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await press(page, 'Escape');
  await expect(position(page)).toHaveText(paused ?? '');
});

test('going elsewhere ends playing, and stays there', async ({ page }) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 10);
  await page.getByRole('combobox', { name: 'Speed of playing' }).selectOption('60 steps/s');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(position(page)).toHaveText(/^step [2-9]\d of/);
  await page.getByRole('button', { name: 'To the start' }).click();
  await untilIdle(page);
  await expect(position(page)).toHaveText(/^step 0 of/);
});

test('playing at speed stops at the end by itself', async ({ page }) => {
  await openWorkbench(page);
  await page.getByRole('combobox', { name: 'Speed of playing' }).selectOption('250 steps/s');
  await page.getByRole('button', { name: 'Play' }).click();
  await untilIdle(page);
  await expect(page.getByText('The end: nobody can move.')).toBeVisible();
});

test('playing stops at a violation, and says which', async ({ page }) => {
  await openWorkbench(page);
  await chooseVersion(page, '2008-03-19');
  await press(page, 'End');
  await expect(page.getByText('violates “Lock ownership”')).toBeVisible();
  const there = await position(page).textContent();
  const goThere = page.getByRole('button', { name: /^Violation at step \d+$/ });
  await press(page, 'Home');
  await goThere.click();
  await untilIdle(page);
  await expect(position(page)).toHaveText(there ?? '');
});
