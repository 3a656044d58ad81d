import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, press } from './workbench.ts';

for (const theme of ['Light', 'Dark', 'Projector'])
  test(`axe finds nothing in the theme ${theme}`, async ({ page }) => {
    await openWorkbench(page);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await press(page, 'ArrowRight', 30);
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.getByRole('button', { name: /^Design/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await complaintsOfAxe(page)).toEqual([]);
  });

test('axe finds nothing on a narrow page, tab by tab', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openWorkbench(page);
  for (const tab of ['Tables', 'Threads', 'TLB', 'Memory']) {
    await page.getByRole('tab', { name: tab }).click();
    expect(await complaintsOfAxe(page), tab).toEqual([]);
  }
});

test('axe finds nothing where one learns and where one presents', async ({ page }) => {
  test.slow();
  const parts = ['part=lessons', 'part=challenges', 'sheet=tlb&seed=3', 'part=check', 'part=index'];
  for (const theme of ['Light', 'Dark', 'Projector'])
    for (const part of parts) {
      await page.goto(`./#screen=learn&${part}`);
      await page.getByRole('heading', { name: 'Learn' }).waitFor();
      await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
      await untilIdle(page);
      expect(await complaintsOfAxe(page), `${theme}, ${part}`).toEqual([]);
    }
  for (const view of ['tree', 'timeline']) {
    await page.goto(`./#present=${view}`);
    await page.getByRole('contentinfo').waitFor();
    await untilIdle(page);
    expect(await complaintsOfAxe(page), view).toEqual([]);
  }
});
