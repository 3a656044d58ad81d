import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, position, press } from './workbench.ts';

test('what a step changed stands beside it, and leads to the object and its history', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '2', 40);
  const line = page.locator('.changes-line');
  while ((await line.getByRole('button', { name: /page_table_lock of mm:/ }).count()) === 0)
    await press(page, 'ArrowLeft');
  const change = line.getByRole('button', { name: /page_table_lock of mm:/ });
  await change.focus();
  await press(page, 'Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'page_table_lock of mm' })).toBeVisible();
  const history = inspector.getByRole('list', { name: 'Changes, the latest first' });
  const rows = history.getByRole('listitem');
  const first = rows.last();
  await expect(first).toContainText('nobody → CPU1');
  const step = /step (\d+)/.exec((await first.textContent()) ?? '')?.[1] ?? '';
  await first.getByRole('button').focus();
  await press(page, 'Enter');
  await expect(position(page)).toHaveText(new RegExp(`^step ${step} of`));
  await expect(rows).toHaveCount(1);
  await press(page, 'i');
  await expect(inspector).toHaveCount(0);
  await press(page, 'i');
  await expect(inspector).toBeVisible();
});

test('changes that have no room beside the step are counted, and a press shows all', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await openWorkbench(page);
  await press(page, 'ArrowRight', 29);
  const story = page.locator('.story');
  await expect(story).toContainText('swing pgd[0]');
  const all = story.getByRole('button', { name: 'What this step changed: 3 changes' });
  await all.focus();
  await press(page, 'Enter');
  const popup = page.getByRole('dialog', { name: 'What this step changed' });
  await expect(popup.getByRole('listitem')).toHaveCount(3);
});

test('a run stops where what is chosen changes', async ({ page }) => {
  await openWorkbench(page);
  await page.getByRole('button', { name: /^frame 2, PUD/ }).click();
  await untilIdle(page);
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('a page table of the current tree');
  await inspector.getByRole('button', { name: 'Stop at changes' }).click();
  await press(page, 'End');
  await expect(page.getByText('Stopped: frame 2 changed')).toBeVisible();
  expect(await complaintsOfAxe(page)).toEqual([]);
});

test('a changed choice is shown in the programs, applied, and taken back with its run', async ({ page }) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 7);
  await page.getByRole('button', { name: /^Design/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: /nodeTest/ }).selectOption({ value: 'holder' });
  const preview = dialog.getByRole('region', { name: 'What would change in the programs' });
  await expect(preview).toContainText(/CPU1 relocate: \d+ lines? goe?s?/);
  await expect(position(page)).toHaveText('step 7 of 7');
  expect(await complaintsOfAxe(page)).toEqual([]);
  await dialog.getByRole('button', { name: /^Apply/ }).click();
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 0 of 0');
  await press(page, 'u');
  await expect(position(page)).toHaveText('step 7 of 7');
});

test('a deadlock is drawn as a circle of who waits for whom', async ({ page }) => {
  await page.goto('./#v=1&scenario=mremap&design=2008-04-29&run=32-18a3b2a9b&at=32');
  await untilIdle(page);
  await page.getByRole('button', { name: /^No deadlock FAILS/ }).click();
  await expect(page.getByRole('img', { name: /^Who waits for whom: CPU\d \w+ .*waits for/ })).toBeVisible();
  await expect(page.getByText(/^They wait for each other in a circle: CPU/)).toBeVisible();
});
