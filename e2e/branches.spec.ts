import type { Page } from '@playwright/test';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, position, press } from './workbench.ts';

const branches = (page: Page) => page.getByRole('list', { name: 'Branches' });
const branch = (page: Page, name: string) => branches(page).getByRole('button', { name, exact: true });

/** Ten steps by the seed, then another choice after the fourth. */
async function fork(page: Page): Promise<void> {
  await press(page, '2', 10);
  await press(page, 'ArrowLeft', 6);
  await press(page, '1', 2);
}

test('another step in the past begins a branch, and the keyboard leads from one to the other', async ({
  page,
}) => {
  await openWorkbench(page);
  await expect(branches(page)).toHaveCount(0);
  await fork(page);
  await expect(position(page)).toHaveText('step 6 of 6');
  await expect(branch(page, 'branch 1')).toHaveAttribute('aria-pressed', 'true');
  await press(page, 'b');
  await expect(branch(page, 'main')).toHaveAttribute('aria-pressed', 'true');
  await expect(position(page)).toHaveText('step 6 of 10');
  await expect(page.locator('.story-line', { hasText: 'Just now' })).toContainText('CPU1 relocate');
  await press(page, 'B');
  await expect(position(page)).toHaveText('step 6 of 6');
  await expect(page.locator('.story-line', { hasText: 'Just now' })).toContainText('CPU0 user');
});

test('the recorded step, taken again, goes on along its branch', async ({ page }) => {
  await openWorkbench(page);
  await fork(page);
  await press(page, 'ArrowLeft', 2);
  await press(page, '2');
  await expect(branch(page, 'main')).toHaveAttribute('aria-pressed', 'true');
  await expect(position(page)).toHaveText('step 5 of 10');
  await expect(branches(page).getByRole('listitem')).toHaveCount(2);
});

test('a press on a lane leads to that moment of that branch', async ({ page }) => {
  await openWorkbench(page);
  await fork(page);
  const plot = page.locator('.tl-branch-plot');
  const box = await plot.boundingBox();
  if (box === null) throw new Error('no lanes are drawn');
  await page.mouse.click(box.x + 1, box.y + 12);
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 0 of 10');
  await expect(branch(page, 'main')).toHaveAttribute('aria-pressed', 'true');
});

test('a branch is named, and deleted, by keyboard', async ({ page }) => {
  await openWorkbench(page);
  await fork(page);
  await page.getByRole('button', { name: 'Name branch 1' }).focus();
  await press(page, 'Enter');
  await page.keyboard.type('the user is faster');
  await press(page, 'Enter');
  await expect(branch(page, 'the user is faster')).toBeVisible();
  await page.getByRole('button', { name: 'Delete the user is faster' }).focus();
  await press(page, 'Enter');
  await expect(branches(page)).toHaveCount(0);
  await expect(position(page)).toHaveText('step 4 of 10');
});
