import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, press } from './workbench.ts';

test('what the run cost is told beside it, follows the cursor, and goes away again, by keyboard', async ({
  page,
}) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 12);
  await page.getByRole('button', { name: 'Cost', exact: true }).focus();
  await press(page, 'Enter');
  const dock = page.getByRole('complementary', { name: 'Cost of this run' });
  await expect(dock.getByRole('heading', { name: 'Cost of this run' })).toBeFocused();
  await expect(dock.getByText(/^[1-9]\d* local, \d+ remote$/)).toBeVisible();
  await expect(dock.getByRole('figure', { name: 'Time with interrupts off' })).toBeVisible();
  await untilIdle(page);
  expect(await complaintsOfAxe(page)).toEqual([]);
  await press(page, 'Home');
  await expect(dock).toContainText('Nothing yet');
  await dock.getByRole('button', { name: 'Close the cost' }).focus();
  await press(page, 'Enter');
  await expect(dock).toHaveCount(0);
});
