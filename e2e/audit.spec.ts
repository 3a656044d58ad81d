import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, position, press } from './workbench.ts';

test('from the first screen to a counterexample by keyboard: audit, cell, steps that matter', async ({
  page,
}) => {
  await openWorkbench(page);
  await page.getByRole('button', { name: 'Audit' }).focus();
  await press(page, 'Enter');
  const cell = page.getByRole('button', { name: /^2008-01-04, No use after free: fails in \d+ of \d+$/ });
  await cell.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^2008-01-04, No lost dirty bit: fails/ })).toBeFocused();
  await press(page, 'Enter');
  await page
    .getByRole('button', { name: /^two-dirty, fails after \d+ steps: Two dirty bits, one moving table$/ })
    .focus();
  await press(page, 'Enter');
  await page
    .getByRole('button', { name: /^Open \d+ steps: the shortest counterexample in two-dirty/ })
    .focus();
  await press(page, 'Enter');
  await expect(position(page)).toHaveText(/^step 0 of \d+$/);
  const dock = page.getByRole('complementary', { name: 'Counterexample' });
  await expect(dock).toContainText('The turns that matter');
  await dock
    .getByRole('button', { name: /^\d+ CPU/ })
    .last()
    .focus();
  await press(page, 'Enter');
  const moment = (await position(page).textContent()) ?? '';
  const [, cursor, length] = /^step (\d+) of (\d+)$/.exec(moment) ?? [];
  expect(cursor).toBe(length);
  await expect(page.getByRole('region', { name: /propert/i }).first()).toContainText('fails');
});

test('a cell is searched again and found the same', async ({ page }) => {
  await page.goto('./#screen=audit&by=version&version=2008-05-09&scenario=two-dirty&property=no-lost-dirty');
  await untilIdle(page);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Found the same: fails' })).toBeVisible({
    timeout: 60_000,
  });
});

test('two workers of an isolated page find the verdict and the number of states that one found', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 2 });
  });
  await page.goto(
    './#screen=audit&by=version&version=2008-01-04&scenario=mremap-reclaim&property=no-lost-write',
  );
  await untilIdle(page);
  await page.getByRole('button', { name: 'Check again' }).click();
  const said = page.getByRole('status').filter({ hasText: /^Found the same: .*Searched with 2 workers/ });
  await expect(said).toBeVisible({ timeout: 100_000 });
});

test('one choice changed: the verdicts that change are told, and the search can be stopped', async ({
  page,
}) => {
  await page.goto('./#screen=audit');
  await untilIdle(page);
  const panel = page.getByRole('region', { name: 'What if?' });
  await panel.getByRole('combobox', { name: 'Choice' }).selectOption('nodeTest');
  await expect(panel.getByRole('combobox', { name: 'Value' })).toHaveValue('pointee');
  await panel.getByRole('button', { name: 'Search' }).click();
  await expect(panel.getByRole('row', { name: /tree3 Completeness fails holds/ })).toBeVisible({
    timeout: 100_000,
  });
  const stop = panel.getByRole('button', { name: 'Stop' });
  if (await stop.isVisible()) await stop.click();
  await expect(panel.getByRole('button', { name: 'Search' })).toBeVisible();
});

test('an address that names what there is not shows the whole audit', async ({ page }) => {
  await page.goto('./#screen=audit&by=version&version=nothing');
  await untilIdle(page);
  await expect(page.getByRole('table', { name: /all properties against all versions/ })).toBeVisible();
});

test('a change of the repaired design is put back, and its race opens', async ({ page }) => {
  await page.goto('./#screen=audit');
  await untilIdle(page);
  await page.getByRole('button', { name: 'Put order back and search two-dirty' }).focus();
  await page.keyboard.press('Enter');
  const dock = page.getByRole('complementary', { name: 'Counterexample' });
  const words =
    'repaired, The order of copy and flush: copy, swing, flush later (order=limbo) in “two-dirty”';
  await expect(dock).toContainText(words, { timeout: 60_000 });
  await expect(dock).toContainText('No lost dirty bit');
});

test('a rung of the ladder to limbo-repaired opens as a run', async ({ page }) => {
  await page.goto('./#screen=audit');
  await untilIdle(page);
  await page.getByRole('button', { name: /^Open \d+ steps: the rung of linkShape/ }).focus();
  await page.keyboard.press('Enter');
  const dock = page.getByRole('complementary', { name: 'Counterexample' });
  await expect(dock).toContainText('adBits=at-free');
  await expect(position(page)).toHaveText(/^step 0 of \d+$/);
});
