import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, press } from './workbench.ts';

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
  await screen.getByRole('combobox').selectOption({ value: 'design:repaired' });
  await screen.getByRole('button', { name: 'Compare', exact: true }).click();
  const status = screen.getByRole('status');
  await expect(status).toContainText(/step 0 of \d+; the first difference is step \d+/);
  await untilIdle(page);
  await press(page, 'ArrowRight', 2);
  await expect(status).toContainText('step 2 of');
  await screen.getByRole('button', { name: 'To the first difference' }).click();
  await untilIdle(page);
  await expect(screen.getByRole('row', { name: /first difference/ })).toHaveAttribute('data-now', 'true');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await press(page, 'End');
  await expect(screen.getByRole('region', { name: /^Left/ })).toContainText('No lost dirty bit: FAILS');
  await expect(screen.getByRole('region', { name: /^Right/ })).not.toContainText('FAILS');
});

test('two branches are compared, and differ where they fork', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '2', 10);
  await press(page, 'ArrowLeft', 6);
  await press(page, '1', 2);
  await page.getByRole('button', { name: 'Compare with main' }).click();
  await untilIdle(page);
  const screen = page.getByRole('main');
  await screen.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(screen.getByRole('status')).toContainText('the first difference is step 5');
});
