import { test as unguarded, type Page } from '@playwright/test';
import { sampleGuest } from '../src/formats/sample-guest.ts';
import { expect } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { chooseFile, jsonFile, openWorkbench, picture, position, press } from './workbench.ts';

/** As a defect in the engine would end it. */
async function killWorker(page: Page): Promise<void> {
  const worker = page.workers().at(-1);
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error('the engine met an impossible state');
    });
  });
  await expect(page.getByRole('alert')).toContainText('The simulation stopped working');
}

unguarded('when the simulation dies, the run can be opened again where it stood', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '1', 5);
  await press(page, 'ArrowRight', 20);
  await press(page, 'ArrowLeft', 4);
  const before = await page.locator('main').innerText();
  const drawn = await picture(page);
  await killWorker(page);
  await expect(page.getByRole('alert')).toContainText('What was on screen is kept');
  await press(page, 'ArrowRight');
  await expect(position(page)).toHaveText('step 21 of 25');
  await page.getByRole('button', { name: 'Reopen the run' }).click();
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 21 of 25');
  expect(await page.locator('main').innerText()).toBe(before);
  await page.mouse.move(0, 0);
  await untilIdle(page);
  expect((await picture(page)).equals(drawn)).toBe(true);
  await press(page, 'ArrowRight', 5);
  await expect(position(page)).toHaveText('step 26 of 26');
});

unguarded('branches are opened again with the run, and the one that was shown is', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '2', 10);
  await press(page, 'ArrowLeft', 6);
  await press(page, '1', 2);
  await press(page, 'b');
  await killWorker(page);
  await page.getByRole('button', { name: 'Reopen the run' }).click();
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 6 of 10');
  await press(page, 'b');
  await expect(position(page)).toHaveText('step 6 of 6');
});

unguarded('the run of a file is opened again with its file', async ({ page }) => {
  await openWorkbench(page);
  await chooseFile(page, jsonFile('guest.json', JSON.stringify(sampleGuest('x86-64-4'))));
  await page.getByRole('button', { name: /^Relocate/ }).click();
  await untilIdle(page);
  await press(page, 'ArrowRight', 9);
  await killWorker(page);
  await page.getByRole('button', { name: 'Reopen the run' }).click();
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 9 of 9');
  await press(page, 'ArrowRight');
  await expect(position(page)).toHaveText('step 10 of 10');
});

unguarded(
  'a simulation that does not start is told of in words, and can be tried again',
  async ({ page }) => {
    await page.route(/\/worker-[^/]*\.js/, (route) => route.abort());
    await page.goto('./');
    await untilIdle(page);
    await expect(page.getByRole('alert')).toContainText('The simulation did not start');
    await page.unroute(/\/worker-[^/]*\.js/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await untilIdle(page);
    await expect(position(page)).toHaveText('step 0 of 0');
    await expect(page.getByRole('alert')).toHaveText('');
  },
);
