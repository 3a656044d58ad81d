import { expect, test } from './guarded.ts';
import { openWorkbench, position } from './workbench.ts';

test('the first screen is the scenario tree, paused before its first step, with one thing to press', async ({
  page,
}) => {
  await openWorkbench(page);
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveText(
    'A whole tree moves to another node',
  );
  await expect(page.getByRole('button', { name: /^Design 2008-05-09, 1 choice changed/ })).toBeVisible();
  await expect(position(page)).toHaveText('step 0 of 0');
  await expect(page).toHaveTitle(/Step 0: A whole tree moves to another node/);
  await expect(page.locator('.button-primary:visible')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeEnabled();
  await expect(page.getByText(/→ step/)).toBeVisible();
});

test('a newcomer is told what this is, where no view moves for it, until it is put away', async ({
  page,
}) => {
  await openWorkbench(page);
  const words = page.getByRole('complementary', { name: 'What is Limbo?' });
  await expect(words).toContainText('You are the scheduler');
  const tree = page.getByRole('region', { name: 'Page tables', exact: true });
  const before = await tree.boundingBox();
  await words.getByRole('button', { name: /^Put away/ }).press('Enter');
  await expect(words).toHaveCount(0);
  expect(await tree.boundingBox()).toEqual(before);
  await openWorkbench(page);
  await expect(words).toHaveCount(0);
});

test('each view is a named part of the page', async ({ page }) => {
  await openWorkbench(page);
  for (const name of ['Page tables', 'Threads', 'TLB and walk caches', 'Memory of the nodes', 'Timeline'])
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
});

test('on paper the views that the screen has stand one below the other, none of them cut', async ({
  page,
}) => {
  await openWorkbench(page);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 1123, height: 794 });
  const placeOf = async (name: string) => {
    const view = page.getByRole('region', { name, exact: true });
    const { y = 0, height = 0 } = (await view.boundingBox()) ?? {};
    return { top: y, bottom: y + height };
  };
  const names = ['Page tables', 'TLB and walk caches', 'Memory of the nodes', 'Threads', 'Timeline'];
  await expect(async () => {
    let above = 0;
    for (const name of names) {
      const { top, bottom } = await placeOf(name);
      expect(top).toBeGreaterThanOrEqual(above);
      expect(bottom - top).toBeGreaterThan(80);
      above = bottom;
    }
  }).toPass();
  const last = page.getByRole('region', { name: 'Memory of the nodes' }).locator('.frame-cell').last();
  const cell = await last.boundingBox();
  expect((cell?.y ?? Infinity) + (cell?.height ?? 0)).toBeLessThan(
    (await placeOf('Memory of the nodes')).bottom,
  );
});

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  // 1440x900 at a zoom of 200 %.
  { width: 720, height: 450 },
  { width: 390, height: 844 },
];

for (const size of sizes)
  test(`nothing hangs over the edge at ${size.width}x${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    await openWorkbench(page);
    const widthPx = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(widthPx).toBe(size.width);
    await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('heading', { name: 'Page tables', exact: true })).toHaveCount(1);
  });

test('a panel can be put away and brought back, and stays away after a reload', async ({ page }) => {
  await openWorkbench(page);
  await page.getByRole('button', { name: 'Hide Threads' }).click();
  await expect(page.getByRole('region', { name: 'Threads', exact: true })).toHaveCount(0);
  await openWorkbench(page);
  await expect(page.getByRole('region', { name: 'Threads', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Show Threads' }).click();
  await expect(page.getByRole('region', { name: 'Threads', exact: true })).toBeVisible();
});

test('a panel can be made larger, and is so after a reload', async ({ page }) => {
  await openWorkbench(page);
  const threads = page.getByRole('region', { name: 'Threads', exact: true });
  const widthPx = async () => (await threads.boundingBox())?.width ?? 0;
  const before = await widthPx();
  await page.getByRole('separator', { name: 'Resize left column' }).focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowLeft');
  await expect.poll(widthPx).toBeGreaterThan(before + 20);
  const after = await widthPx();
  await openWorkbench(page);
  expect(Math.abs((await widthPx()) - after)).toBeLessThan(4);
});

test('the theme is chosen and remembered', async ({ page }) => {
  await openWorkbench(page);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  const dark = await background();
  expect(dark).not.toBe(light);
  await openWorkbench(page);
  expect(await background()).toBe(dark);
});
