import { expect, test } from './guarded.ts';
import { openWorkbench, position, press } from './workbench.ts';

test('a lecture by keyboard: present, go through the views, step, read the verdict, and leave with all as it was', async ({
  page,
}) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 3);
  await press(page, 'p');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'projector');
  await expect(page.getByRole('main', { name: 'Page tables' })).toBeFocused();
  await expect(page.getByRole('banner')).not.toContainText('Search…');
  for (const name of ['TLB and walk caches', 'Memory of the nodes', 'Threads', 'Timeline', 'Page tables']) {
    await press(page, 'v');
    await expect(page.getByRole('main', { name })).toBeVisible();
  }
  await expect(page.getByRole('contentinfo')).toContainText('3 of 3');
  await press(page, 'ArrowLeft');
  await expect(page.getByRole('contentinfo')).toContainText('2 of 3');
  await expect(page.getByRole('contentinfo')).toContainText(/\d+ properties hold so far/);
  await expect(page).toHaveURL(/#present=tree$/);
  await press(page, 'Escape');
  await expect(position(page)).toHaveText('step 2 of 3');
  await expect(page.getByRole('heading', { name: 'Memory of the nodes' })).toBeVisible();
  await expect(html).not.toHaveAttribute('data-theme');
  await expect(page).not.toHaveURL(/present/);
});

test('a link presents the moment that it names', async ({ page }) => {
  await page.goto('./#v=2&scenario=two-dirty&design=2008-05-09&present=timeline');
  await expect(page.getByRole('main', { name: 'Timeline' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2008-05-09');
});
