import { expect, test } from '@playwright/test';
import { complaintsOfAxe } from './axe.ts';
import { untilIdle } from './idle.ts';
import { chooseFile, jsonFile, openWorkbench, position, press } from './workbench.ts';

const RUN =
  '#v=1&scenario=two-dirty&design=2008-05-09&run=51-4ba3ba2ba2ba4babab2aba7bi.1i15b&at=40&pick=frame.2';

test('a link leads to its moment: scenario, design, steps, cursor', async ({ page }) => {
  await page.goto(`./${RUN}`);
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 40 of 51');
  await expect(page).toHaveTitle(/Step 40: Two dirty bits/);
});

test('what is copied by keyboard opens the same moment in another page', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWorkbench(page);
  await press(page, 'ArrowRight', 5);
  await press(page, 'ArrowLeft', 2);
  await page.getByRole('button', { name: 'Share…' }).focus();
  await press(page, 'Enter');
  await page.getByLabel('Opens for a projector').press('Space');
  await page.getByRole('button', { name: 'Copy link' }).focus();
  await press(page, 'Enter');
  await expect(page.getByRole('alert')).toContainText('link to this moment was copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await other.goto(link);
  await untilIdle(other);
  await expect(other.getByRole('navigation', { name: 'Views (V)' })).toBeVisible();
  await other.keyboard.press('Escape');
  await expect(position(other)).toHaveText('step 3 of 5');
});

test('a saved run opens again from its file', async ({ page }) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 4);
  await page.getByRole('button', { name: 'Share…' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save run as file' }).click();
  const path = await (await download).path();
  await page.keyboard.press('Escape');
  await page.goto('./');
  await untilIdle(page);
  await chooseFile(page, path);
  await expect(position(page)).toHaveText('step 4 of 4');
});

test('a link or file that makes no sense is refused in words, and the page stays as it was', async ({
  page,
}) => {
  await page.goto('./#v=9&scenario=tree&design=2008-05-09');
  await untilIdle(page);
  await expect(page.getByRole('alert')).toContainText('newer version');
  await expect(position(page)).toHaveText('step 0 of 0');
  await press(page, 'ArrowRight', 2);
  await chooseFile(page, jsonFile('run.json', '{"format":"limbo-run","version":1,"scenario":"nowhere"}'));
  await expect(page.getByRole('alert')).toContainText('run.json');
  await expect(position(page)).toHaveText('step 2 of 2');
  await page.evaluate(() => {
    location.hash = '#v=1&scenario=tree&design=2008-05-09&run=2-2z&at=1';
  });
  await untilIdle(page);
  await expect(page.getByRole('alert')).toContainText('nobody is called so');
  await expect(position(page)).toHaveText('step 2 of 2');
});

test('the dialog has no defects that axe finds, in any theme', async ({ page }) => {
  await openWorkbench(page);
  await page.getByRole('button', { name: 'Share…' }).click();
  for (const theme of ['light', 'dark', 'projector']) {
    await page.evaluate((name) => {
      document.documentElement.setAttribute('data-theme', name);
    }, theme);
    await untilIdle(page);
    expect(await complaintsOfAxe(page)).toEqual([]);
  }
});
