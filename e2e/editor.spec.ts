import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { chooseFile, openWorkbench, position, press } from './workbench.ts';

async function openEditor(page: Page): Promise<void> {
  await openWorkbench(page);
  await page.getByRole('button', { name: 'Editor' }).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('heading', { name: 'Scenario editor' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Start from' }).selectOption('two-dirty');
}

test('a scenario is changed by keyboard, opened, stepped, and its link leads to it', async ({
  page,
  context,
}) => {
  await openEditor(page);
  const title = page.getByRole('textbox', { name: 'Title' });
  await title.fill('Three pages of mine');
  await page.getByRole('button', { name: 'Add a page to vma 0' }).focus();
  await press(page, 'Enter');
  await page.getByRole('button', { name: /^va2, mapped/ }).focus();
  await press(page, 'd');
  await expect(page.getByRole('button', { name: 'va2, mapped: W, dirty, node 0' })).toBeVisible();
  await press(page, 'n');
  await press(page, 'w');
  await expect(page.getByRole('button', { name: 'va2, mapped: read-only, dirty, node 1' })).toBeVisible();
  await press(page, 'Enter');
  await expect(page.getByRole('button', { name: 'va2, empty' })).toBeVisible();
  await page.getByRole('button', { name: 'Open in the workbench' }).focus();
  await press(page, 'Enter');
  await expect(page).toHaveTitle(/Three pages of mine/);
  await press(page, 'ArrowRight', 4);
  await page.getByRole('button', { name: 'Share…' }).click();
  const link = await page.getByRole('textbox', { name: 'Link to this moment' }).inputValue();
  expect(link).toContain('scenario=custom&world=');
  const other = await context.newPage();
  await other.goto(link);
  await untilIdle(other);
  await expect(other).toHaveTitle(/Step 4: Three pages of mine/);
  await expect(position(other)).toHaveText('step 4 of 4');
});

test('what is wrong is told beside the field as it is typed, and undone', async ({ page }) => {
  await openEditor(page);
  const frames = page.getByRole('spinbutton', { name: 'Free table frames' });
  await frames.fill('-3');
  await expect(frames).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('A whole number from 0 to 16.')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Open in the workbench' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await page.getByRole('button', { name: 'Undo' }).focus();
  await press(page, 'Enter');
  await expect(frames).toHaveValue('1');
  await expect(page.getByText(/^It can be run: 2 CPUs/)).toBeVisible();
  await page.getByRole('button', { name: 'Redo' }).focus();
  await press(page, 'Enter');
  await expect(frames).toHaveValue('-3');
});

test('pages are mapped and unmapped by dragging', async ({ page }) => {
  await openEditor(page);
  const free = page.getByText('free page, node 1', { exact: true });
  await page
    .getByRole('button', { name: /^va1, mapped/ })
    .dragTo(page.getByText('free page, node 0', { exact: true }));
  const empty = page.getByRole('button', { name: 'va1, empty' });
  await expect(empty).toBeVisible();
  await free.dragTo(empty);
  await expect(page.getByRole('button', { name: 'va1, mapped: W, node 1' })).toBeVisible();
});

test('a saved scenario opens again from its file, and its search is its own', async ({ page }) => {
  await openEditor(page);
  await page.getByRole('textbox', { name: 'Title' }).fill('Saved by me');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as file' }).click();
  const path = await (await download).path();
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 'limbo-scenario', version: 1 });
  await page.getByRole('button', { name: 'Workbench', exact: true }).click();
  await untilIdle(page);
  await chooseFile(page, path);
  await expect(page).toHaveTitle(/Saved by me/);
  await page.getByRole('button', { name: 'Editor' }).click();
  await page.getByRole('button', { name: 'Search it' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('row', { name: /^No lost dirty bit fails/ })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/Searched: Saved by me/)).toBeVisible();
});

for (const theme of ['Light', 'Dark', 'Projector'])
  test(`axe finds nothing in the editor in the theme ${theme}`, async ({ page }) => {
    await openEditor(page);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await page.getByRole('spinbutton', { name: 'Free table frames' }).fill('-3');
    await untilIdle(page);
    expect(await complaintsOfAxe(page)).toEqual([]);
  });
