import type { Page } from '@playwright/test';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, picture, position, press } from './workbench.ts';

const stepsOf = async (page: Page): Promise<number[]> =>
  ((await position(page).textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];

const stepButton = (page: Page) => page.getByRole('button', { name: 'Step', exact: true });

test('the keyboard steps to the end, one step a press', async ({ page }) => {
  await openWorkbench(page);
  for (let steps = 0; (await stepButton(page).getAttribute('aria-disabled')) === null; steps += 10) {
    expect((await stepsOf(page))[0]).toBe(steps);
    await press(page, 'ArrowRight', 10);
  }
  await expect(page.getByText('The end: nobody can move.')).toBeVisible();
  const [cursor, length] = await stepsOf(page);
  expect(cursor).toBe(length);
  expect(length).toBeGreaterThan(100);
});

test('the button steps, and says before what the step will be', async ({ page }) => {
  await openWorkbench(page);
  const line = (name: string) => page.locator('.story-line', { hasText: name }).locator('dd');
  for (let i = 0; i < 5; i++) {
    const announced = await line('Next').locator('.story-step').textContent();
    await stepButton(page).click();
    await untilIdle(page);
    await expect(line('Just now').locator('.story-step')).toHaveText(announced ?? '');
  }
  await expect(position(page)).toHaveText('step 5 of 5');
});

test('running to the end ends where stepping does, and Home leads back', async ({ page }) => {
  await openWorkbench(page);
  await page.getByRole('button', { name: 'Run to the end' }).click();
  await untilIdle(page);
  await expect(page.getByText('The end: nobody can move.')).toBeVisible();
  const [, length] = await stepsOf(page);
  await press(page, 'Home');
  await expect(position(page)).toHaveText(`step 0 of ${String(length)}`);
  await press(page, 'End');
  await expect(position(page)).toHaveText(`step ${String(length)} of ${String(length)}`);
});

test('a moment looks the same, whichever way it was reached', async ({ page }) => {
  // Six pictures of a page that is painted by software.
  test.slow();
  await openWorkbench(page);
  await press(page, 'End');
  await press(page, 'Home');
  const atStart = await picture(page);
  for (const at of [30, 70, 117]) {
    await press(page, 'Home');
    await press(page, 'ArrowRight', at);
    const forward = await picture(page);
    await press(page, 'ArrowRight', 7);
    expect((await picture(page)).equals(forward)).toBe(false);
    await press(page, 'ArrowLeft', 7);
    expect((await picture(page)).equals(forward), `step ${String(at)}, from behind`).toBe(true);
  }
  await press(page, 'Home');
  expect((await picture(page)).equals(atStart), 'the start').toBe(true);
});

test('an actor is stepped by its number, and another step in the past begins a branch', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '2', 4);
  await expect(position(page)).toHaveText('step 4 of 4');
  await expect(page.locator('.story-line', { hasText: 'Just now' })).toContainText('CPU1 relocate');
  await press(page, 'ArrowLeft', 2);
  await press(page, '1');
  await expect(position(page)).toHaveText('step 3 of 3');
  await expect(page.locator('.story-line', { hasText: 'Just now' })).toContainText('CPU0 user');
});

test('each step is told to screen readers', async ({ page }) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 2);
  await expect(page.getByRole('status').filter({ hasText: /^Step 2 of 2\. CPU\d \w+: \w+/ })).toHaveCount(1);
});

test('? lists the keys, Esc closes the list, and no key moves the run meanwhile', async ({ page }) => {
  await openWorkbench(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Help and keys' });
  await expect(help).toBeVisible();
  await press(page, 'ArrowRight');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(position(page)).toHaveText('step 0 of 0');
});
