import type { Page } from '@playwright/test';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { press } from './workbench.ts';

/** Goes on with Tab until the control with this name has the focus, and presses Enter on it. */
async function enter(page: Page, name: string): Promise<void> {
  const control = page.getByRole('button', { name, exact: true });
  await control.waitFor();
  for (let i = 0; i < 120; i++) {
    if (await control.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(control).toBeFocused();
  await page.keyboard.press('Enter');
}

test('a lesson is taken by keyboard: a prediction, the steps, why it was wrong, and it is remembered', async ({
  page,
}) => {
  await page.goto('./#screen=learn');
  await enter(page, 'Open “What a page table is”');
  await expect(page.getByText('Choose what you expect.')).toBeVisible();
  await page.getByLabel('One', { exact: true }).focus();
  await page.keyboard.press('Space');
  await press(page, '1', 4);
  await expect(page.getByText('✗ Not so:')).toBeVisible();
  await expect(page.getByText('You said “One”.')).toBeVisible();
  await enter(page, 'Go on');
  await expect(page.getByText('Step 2 of 2')).toBeVisible();
  await page.goto('./#screen=learn');
  await expect(page.getByText('1 of 2 steps done')).toBeVisible();
});

test('a challenge gives hints from where the learner stands', async ({ page }) => {
  await page.goto('./#screen=learn&part=challenges');
  await enter(page, 'Play “Make CPU1 walk a freed table”');
  await expect(page.getByText('0 steps taken')).toBeVisible();
  await enter(page, 'Hint');
  await expect(page.getByText(/^Next: \w+\. From here it takes \d+ steps at least\.$/)).toBeVisible();
});

test('a sheet is the one that its link names, and prints without the page around it', async ({ page }) => {
  await page.goto('./#screen=learn&sheet=x86-64-4&seed=7');
  await untilIdle(page);
  await expect(page.getByText('Sheet x86-64-4, seed 7')).toBeVisible();
  await enter(page, 'Show the answers');
  await expect(page.getByText('Sheet x86-64-4, seed 7 · key')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeHidden();
  await expect(page.getByText('Read at').first()).toBeVisible();
});
