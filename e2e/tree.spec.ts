import type { Page } from '@playwright/test';
import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench } from './workbench.ts';

const card = (page: Page, name: RegExp) => page.getByRole('treeitem', { name });

/** Steps on (by the seeded scheduler) until the name of a card has these words. */
async function stepUntil(page: Page, words: string): Promise<void> {
  const found = page.locator(`[role="treeitem"][aria-label*="${words}"]`);
  for (let step = 0; step < 200 && (await found.count()) === 0; step++) {
    await page.keyboard.press('ArrowRight');
    await untilIdle(page);
  }
  await expect(found.first()).toBeVisible();
}

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('./');
  await untilIdle(page);
});

test('the tree opens with a table a level and the page below', async ({ page }) => {
  for (const [level, frame] of [
    ['PGD', 1],
    ['PUD', 2],
    ['PMD', 3],
    ['PTE', 4],
  ] as const)
    await expect(
      card(page, new RegExp(`^${level} table, frame ${String(frame)}, node 0, in the tree`)),
    ).toBeVisible();
  await expect(card(page, /^page, frame 8/)).toBeVisible();
});

test('a copy is seen entry by entry, then the old table in limbo beside it', async ({ page }) => {
  await stepUntil(page, 'entry 0: frame 3 P W A. entry 1: not copied yet');
  await expect(card(page, /^PUD table, frame 101, node 1, new/)).toBeVisible();
  await stepUntil(page, 'PUD table, frame 2, node 0, in limbo');
  await expect(card(page, /^PUD table, frame 101, node 1, in the tree/)).toBeVisible();
});

test('keys lead from table to table; Enter selects', async ({ page }) => {
  const top = card(page, /^PGD table/);
  await top.focus();
  await page.keyboard.press('ArrowRight');
  const next = card(page, /^PUD table/);
  await expect(next).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(next).toHaveAttribute('aria-selected', 'true');
});

test('the tree has no accessibility faults that axe can see', async ({ page }) => {
  await stepUntil(page, 'in limbo');
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByText('Legend').first().press('Enter');
  await expect(page.getByText('replaced, but somebody may still use it')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('replaced, but somebody may still use it')).toBeHidden();
});

test('however fast it follows what changes, the picture keeps its scale', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openWorkbench(page);
  const scale = () =>
    page
      .locator('.tree-svg > g[transform]')
      .evaluate((moved) => new DOMMatrix(getComputedStyle(moved).transform).a);
  const before = await scale();
  await page.keyboard.press('Home');
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
  await untilIdle(page);
  await expect.poll(scale).toBeCloseTo(before, 3);
});
