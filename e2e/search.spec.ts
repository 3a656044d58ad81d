import type { Page } from '@playwright/test';
import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { chooseVersion, openWorkbench, position, press } from './workbench.ts';

async function chooseScenario(page: Page, title: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Scenario' }).click();
  await page.getByRole('option', { name: title }).click();
  await untilIdle(page);
}

function figure(page: Page, name: string): Promise<string> {
  const progress = page.getByRole('region', { name: 'Progress of the search' });
  return progress
    .locator('div', { has: page.getByText(name, { exact: true }) })
    .last()
    .locator('dd')
    .innerText();
}

const states = async (page: Page): Promise<number> =>
  Number((await figure(page, 'States')).replaceAll(',', ''));

/** Waits while the page draws so many frames: at 60 a second, later on a machine that is busy. */
async function frames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (left) => {
    for (; left > 0; left--) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, count);
}

test('a search finds the lost dirty bit, and its counterexample opens at its start and breaks at its end', async ({
  page,
}) => {
  await openWorkbench(page);
  await chooseScenario(page, 'Two dirty bits, one moving table');
  await page.getByRole('button', { name: 'Search…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('button', { name: 'Start', exact: true }).focus();
  await page.keyboard.press('Enter');
  const verdicts = dialog.getByRole('table');
  await expect(verdicts.getByRole('row', { name: /^No lost dirty bit fails/ })).toBeVisible();
  await expect(verdicts.getByRole('row', { name: /^No deadlock holds/ })).toBeVisible();
  await expect(dialog.getByText(/exhaustive: all [\d,]+ reachable states/)).toBeVisible();
  const button = verdicts.getByRole('button', { name: /counterexample to no-lost-dirty/ });
  const steps = /\d+/.exec(await button.innerText())?.[0] ?? '';
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('complementary', { name: 'Counterexample' })).toContainText(
    'No lost dirty bit',
  );
  await expect(position(page)).toHaveText(`step 0 of ${steps}`);
  await expect(page.getByRole('heading', { name: 'Counterexample' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(position(page)).not.toHaveText(`step 0 of ${steps}`);
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Escape');
  await page.getByRole('slider', { name: 'Moment of the run' }).press('End');
  await untilIdle(page);
  await expect(position(page)).toHaveText(`step ${steps} of ${steps}`);
  await expect(page.getByText(/No lost dirty bit/).first()).toBeVisible();
});

test('a run of one’s own that breaks a property: which steps matter, and a shorter one', async ({ page }) => {
  await page.goto('./#v=2&scenario=tree&design=2008-05-09');
  await untilIdle(page);
  await press(page, 'f');
  const [, own = '0'] = /of (\d+)/.exec(await position(page).innerText()) ?? [];
  await page.getByRole('button', { name: /^Completeness/ }).click();
  await page.getByRole('button', { name: 'Which steps matter?' }).focus();
  await page.keyboard.press('Enter');
  const beside = page.getByRole('complementary', { name: 'Counterexample' });
  await expect(beside).toContainText('in the last of');
  await expect(position(page)).toHaveText(new RegExp(`of ${own}$`));
  await beside.getByRole('button', { name: 'Leave out what it can do without' }).click();
  await expect(position(page)).toHaveText(/^step 0 of/);
  await untilIdle(page);
  const [, short = own] = /of (\d+)/.exec(await position(page).innerText()) ?? [];
  expect(Number(short)).toBeLessThan(Number(own));
  await page.getByRole('slider', { name: 'Moment of the run' }).press('End');
  await expect(page.getByRole('button', { name: /^Completeness FAILS/ })).toBeVisible();
});

test('a counterexample says when another run is open, and opens again', async ({ page }) => {
  await openWorkbench(page);
  await chooseScenario(page, 'Two dirty bits, one moving table');
  await page.getByRole('button', { name: 'Search…' }).click();
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /counterexample to no-lost-dirty/ }).click();
  const beside = page.getByRole('complementary', { name: 'Counterexample' });
  await expect(beside).toContainText('It stands at its start');
  await chooseVersion(page, 'repaired');
  await expect(beside).toContainText('Another run is open now');
  await page.getByRole('button', { name: 'Search…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await expect(dialog.getByRole('note')).toContainText('says nothing about what is on screen');
  await expect(dialog.getByRole('button', { name: 'Start', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await beside.getByRole('button', { name: 'Open the counterexample again' }).click();
  await expect(beside).toContainText('It stands at its start');
  await expect(page.getByRole('button', { name: /^Design/ })).toContainText('2008-05-09');
  await beside
    .getByRole('button', { name: /^Let CPU\d .* go on after step \d+$/ })
    .first()
    .click();
  await expect(beside).toContainText('The run on screen goes another way after step');
  await page.getByRole('slider', { name: 'Moment of the run' }).press('End');
  await expect(page.getByText('All held')).toBeVisible();
});

test('the repaired design holds within bounds, and the verdict says so', async ({ page }) => {
  await openWorkbench(page);
  await chooseScenario(page, 'Two dirty bits, one moving table');
  await chooseVersion(page, 'repaired');
  await page.getByRole('button', { name: 'Search…' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(
    page.getByText('No error: every property that was judged holds within these bounds'),
  ).toBeVisible();
  await expect(page.getByText(/memory is sequentially consistent/)).toBeVisible();
  await expect(page.getByText(/^fails$/)).toHaveCount(0);
});

test('a long search tells its figures, pauses, goes on, and stops at once', async ({ page }) => {
  await openWorkbench(page);
  await chooseScenario(page, 'Two relocators and reclaim');
  await chooseVersion(page, '2008-01-04');
  await page.getByRole('button', { name: 'Search…' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('dialog').getByText('Speed', { exact: true })).toBeVisible();
  const first = await states(page);
  await expect.poll(() => states(page)).toBeGreaterThan(first);
  await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/^Paused;/)).toBeVisible();
  // What was reported before the pause is drawn by then; that nothing more comes only frames without news can show.
  await frames(page, 24);
  const paused = await states(page);
  await frames(page, 36);
  expect(await states(page)).toBe(paused);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => states(page)).toBeGreaterThan(paused);
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/stopped by you: no violation /)).toBeVisible();
  await expect(page.getByText(/holds within these bounds/)).toHaveCount(0);
});

test('a bound that is met is named, and nothing is said to hold', async ({ page }) => {
  await openWorkbench(page);
  await chooseScenario(page, 'Two relocators and reclaim');
  await chooseVersion(page, '2008-01-04');
  await page.getByRole('button', { name: 'Search…' }).click();
  await page.getByRole('combobox', { name: 'States at most' }).selectOption('100,000');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(
    page.getByText(/stopped at 100,000 states: .* among [\d,]+ states, depth \d+ complete/),
  ).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('cell', { name: 'holds', exact: true })).toHaveCount(0);
});

for (const theme of ['Light', 'Dark', 'Projector'])
  test(`axe finds nothing in the search in the theme ${theme}`, async ({ page }) => {
    await openWorkbench(page);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await page.getByRole('button', { name: 'Search…' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByRole('table')).toBeVisible({ timeout: 30_000 });
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

test('progress is judged when asked, and a run without end opens with what it repeats', async ({ page }) => {
  await openWorkbench(page);
  await chooseScenario(page, 'PAE and its registers');
  await chooseVersion(page, 'invalidate-first');
  await page.getByRole('button', { name: 'Search…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('checkbox', { name: /^Judge progress/ }).check();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog.getByRole('row', { name: /^Progress fails/ })).toBeVisible();
  await expect(dialog.getByText(/can repeat for ever/)).toBeVisible();
  await dialog.getByRole('button', { name: /a run that goes on for ever/ }).click();
  const beside = page.getByRole('complementary', { name: 'Counterexample' });
  await expect(beside).toContainText('It stands at its start');
  await beside.getByRole('button', { name: /^Where it begins to repeat/ }).click();
  await expect(beside.getByRole('button', { name: /^Where it begins/ })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await expect(page.locator('.tl-repeat path')).toBeVisible();
  await beside.getByRole('button', { name: 'Go round once more' }).click();
  await untilIdle(page);
  await expect(beside.getByRole('button', { name: /^Once round/ })).toHaveAttribute('aria-current', 'step');
});

test('with reductions the verdict says what they did, and the counterexample with fewest switches opens', async ({
  page,
}) => {
  await openWorkbench(page);
  await chooseScenario(page, 'Two relocators, one table');
  await chooseVersion(page, '2008-04-29');
  await page.getByRole('button', { name: 'Search…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('checkbox', { name: /^With reductions/ }).check();
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog.getByText(/exhaustive, with reductions/)).toBeVisible();
  await expect(dialog.getByText('CPU1 and CPU2 stand for each other.')).toBeVisible();
  await expect(dialog.getByText(/^Partial order: \d+ of the \d+ steps/)).toBeVisible();
  await expect(dialog.getByText(/^Shortest counterexamples: searched again without/)).toBeVisible();
  await dialog.getByRole('combobox', { name: 'Counterexamples of' }).selectOption('fewest switches');
  await dialog.getByRole('button', { name: 'Start again' }).click();
  await expect(dialog.getByText(/^Counterexamples with the fewest switches/)).toBeVisible();
  await dialog.getByRole('button', { name: /counterexample to no-lost-dirty/ }).click();
  await expect(page.getByRole('complementary', { name: 'Counterexample' })).toContainText(
    'It stands at its start',
  );
});
