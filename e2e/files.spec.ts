import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { sampleGuest } from '../src/formats/sample-guest.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import {
  chooseVersion,
  chooseFile,
  jsonFile,
  openWorkbench,
  picture,
  position,
  press,
  type SampleFile,
} from './workbench.ts';

const guest = JSON.stringify(sampleGuest('x86-64-4'));

/** No file of ours, and a large one. */
function nonsense(): string {
  const path = test.info().outputPath('nonsense.json');
  writeFileSync(path, Buffer.alloc(50_000_000, 'Lorem ipsum dolor sit amet, '));
  return path;
}

const refused: readonly [what: string, file: () => SampleFile | string, words: RegExp][] = [
  ['50 MB of nonsense', nonsense, /nonsense\.json is not JSON that this program wrote/],
  ['a truncated file', () => jsonFile('cut.json', guest.slice(0, guest.length / 2)), /cut\.json is damaged/],
  [
    'a file of a newer version',
    () => jsonFile('new.json', guest.replace('ptlab-truth-1', 'ptlab-truth-2')),
    /new\.json .*(newer version|unknown format)/,
  ],
  ['an empty file', () => jsonFile('empty.json', ''), /empty\.json/],
];

for (const [what, file, words] of refused)
  test(`${what} is refused in words, and the page stays as it was`, async ({ page }) => {
    await openWorkbench(page);
    await press(page, 'ArrowRight', 12);
    const text = await page.locator('main').innerText();
    const before = await picture(page);
    await chooseFile(page, file());
    const alert = page.getByRole('alert').filter({ hasText: words });
    await expect(alert).toContainText('what was open before is as it was');
    expect(await page.locator('main').innerText()).toBe(text);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await page.mouse.move(0, 0);
    await untilIdle(page);
    expect((await picture(page)).equals(before)).toBe(true);
    await press(page, 'ArrowRight');
    await expect(position(page)).toHaveText('step 13 of 13');
  });

async function relocateGuest(page: Page): Promise<void> {
  await chooseFile(page, jsonFile('guest.json', guest));
  const dialog = page.getByRole('dialog', { name: 'sample x86-64-4' });
  await expect(dialog).toContainText('36 KiB derived, 28 KiB by the kernel (VmPTE)');
  await expect(dialog).toContainText('node 0');
  await dialog.getByRole('button', { name: /^Relocate \d+ tables$/ }).click();
  await expect(dialog).toHaveCount(0);
  await untilIdle(page);
}

test('the tables of a real process are told of, and relocated', async ({ page }) => {
  await openWorkbench(page);
  await relocateGuest(page);
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveText('sample x86-64-4');
  await expect(position(page)).toHaveText('step 0 of 0');
  await press(page, 'End');
  await expect(page.getByText('The end: nobody can move.')).toBeVisible();
  await page.getByRole('button', { name: 'File info' }).click();
  const dialog = page.getByRole('dialog', { name: 'sample x86-64-4' });
  await dialog.getByRole('button', { name: 'Edit a small scenario of its shape' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Scenario editor' })).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
});

test('a file is opened by dropping it anywhere', async ({ page }) => {
  await openWorkbench(page);
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    return data;
  }, guest);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: dropped });
  await expect(page.getByText('Drop the file to open it')).toBeVisible();
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
  await expect(page.getByRole('dialog', { name: 'sample x86-64-4' })).toBeVisible();
});

test('another design keeps the file that is on the screen, also when another was looked at since', async ({
  page,
}) => {
  await openWorkbench(page);
  await relocateGuest(page);
  const other = JSON.stringify(sampleGuest('x86-32-pae'));
  await chooseFile(page, jsonFile('other.json', other));
  await page.keyboard.press('Escape');
  await chooseVersion(page, '2008-04-29');
  await expect(page.getByRole('combobox', { name: 'Scenario' })).toHaveText('sample x86-64-4');
});
