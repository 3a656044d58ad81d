import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { jsonFile, openWorkbench, press } from './workbench.ts';

test('the same steps in a broken and a repaired design, side by side, up to where only one of them fails', async ({
  page,
}) => {
  // A schedule that loses a dirty bit in its last step, as a search found it.
  const run = '51-4ba3ba2ba2ba4babab2aba7bi.1i15b';
  await page.goto(`./#v=1&scenario=two-dirty&design=2008-05-09&run=${run}&at=51`);
  await untilIdle(page);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await untilIdle(page);
  const screen = page.getByRole('main');
  const status = screen.getByRole('status', { name: 'Where both stand' });
  await expect(status).toContainText(/step 0 of \d+; the first difference is step \d+/);
  await untilIdle(page);
  await press(page, 'ArrowRight', 2);
  await expect(status).toContainText('step 2 of');
  await press(page, 'd');
  await expect(screen.getByRole('row', { name: /first difference/ })).toHaveAttribute('data-now', 'true');
  await screen.getByRole('button', { name: 'TLB' }).click();
  await untilIdle(page);
  // Both machines stand there, and what is not the same on the other side says so.
  for (const side of ['left', 'right'])
    for (const view of ['Page tables', 'Memory of the nodes', 'TLB and walk caches'])
      await expect(screen.getByRole('group', { name: `${view}, ${side}` })).toBeVisible();
  await expect(screen.getByText('differs from the run beside it').first()).toBeAttached();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await press(page, 'f');
  await expect(screen.getByRole('region', { name: /^Left/ })).toContainText('No lost dirty bit: FAILS');
  await expect(screen.getByRole('region', { name: /^Right/ })).not.toContainText('FAILS');
});

test('both play to the first difference, on from there to the end, and back', async ({ page }) => {
  const run = '51-4ba3ba2ba2ba4babab2aba7bi.1i15b';
  const moment = `v=1&scenario=two-dirty&design=2008-05-09&run=${run}&at=51`;
  await page.goto(`./#screen=compare&with=design:repaired&step=0&${moment}`);
  const screen = page.getByRole('main');
  const status = screen.getByRole('status', { name: 'Where both stand' });
  await screen.getByRole('combobox', { name: 'Speed of playing' }).selectOption('250 steps/s');
  await untilIdle(page);
  const view = screen.getByRole('group', { name: 'Page tables, left' });
  const place = await view.boundingBox();
  await screen.getByRole('heading', { name: /^Left/ }).click();
  await press(page, 'Space');
  await expect(status).toContainText('step 17 of 51; the first difference is step 17');
  await press(page, 'Space');
  await expect(status).toContainText('step 51 of 51');
  // What fails on the way makes nothing jump.
  expect(await view.boundingBox()).toEqual(place);
  await press(page, 'Shift+Space');
  await expect(status).toContainText('step 17 of 51');
  await press(page, 'Shift+Space');
  await expect(status).toContainText('step 0 of 51');
  await press(page, ']');
  await expect(status).toContainText('step 17 of 51');
});

test('two branches are compared, and differ where they fork', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '2', 10);
  await press(page, 'ArrowLeft', 6);
  await press(page, '1', 2);
  await page.getByRole('button', { name: 'Compare with main' }).click();
  await untilIdle(page);
  const status = page.getByRole('main').getByRole('status', { name: 'Where both stand' });
  await expect(status).toContainText('the first difference is step 5');
});

test('a link leads to a moment of a comparison, and the run of a file can stand beside it', async ({
  page,
}) => {
  const run = '51-4ba3ba2ba2ba4babab2aba7bi.1i15b';
  const moment = `v=1&scenario=two-dirty&design=2008-05-09&run=${run}&at=51`;
  await page.goto(`./#screen=compare&with=design:repaired&step=20&${moment}`);
  const screen = page.getByRole('main');
  const status = screen.getByRole('status', { name: 'Where both stand' });
  await expect(status).toContainText('step 20 of 51');
  const [scenario, design] = [{ id: 'two-dirty' }, { version: '2008-01-04', overrides: {} }];
  const file = { format: 'limbo-run', version: 2, scenario, design, schedule: run, cursor: 0 };
  const chooser = screen.getByLabel('Run file to compare with');
  await chooser.setInputFiles(jsonFile('mine.json', JSON.stringify(file)));
  await expect(screen.getByRole('region', { name: 'Right: mine.json' })).toBeVisible();
  await chooser.setInputFiles(jsonFile('torn.json', '{"limbo'));
  await expect(screen.getByRole('alert')).toContainText('torn.json is damaged');
});
