import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, position, press } from './workbench.ts';

test('commands are found by name: scenario, move, screen, theme', async ({ page }) => {
  await openWorkbench(page);
  const choose = async (words: string): Promise<void> => {
    await press(page, 'Control+k');
    await page.getByRole('combobox', { name: 'Commands' }).fill(words);
    await press(page, 'Enter');
    await expect(page.getByRole('dialog', { name: 'Commands' })).toHaveCount(0);
    await untilIdle(page);
  };
  await choose('two dirty bits');
  await expect(page).toHaveTitle(/Two dirty bits/);
  await choose('take the next step');
  await expect(position(page)).toHaveText('step 1 of 1');
  await choose('design repaired');
  await expect(page.getByRole('button', { name: /^Design/ })).toContainText('repaired');
  await choose('lesson: what a page table is');
  await expect(page.getByRole('complementary', { name: 'Lesson' })).toContainText('What a page table is');
  await choose('theme: dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await choose('go to screen audit');
  await expect(page).toHaveURL(/screen=audit/);
  await press(page, 'Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('xyzzy');
  await expect(page.getByText('Nothing is called so.')).toBeVisible();
  await press(page, 'Escape');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toHaveCount(0);
});

for (const theme of ['Light', 'Dark', 'Projector'])
  test(`axe finds nothing in the palette in the theme ${theme}`, async ({ page }) => {
    await openWorkbench(page);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await press(page, 'Control+k');
    await expect(page.getByRole('combobox', { name: 'Commands' })).toBeFocused();
    expect(await complaintsOfAxe(page)).toEqual([]);
  });
