import type { Page } from '@playwright/test';
import { SCREENS } from '../src/screens.ts';
import { REPORTS } from '../src/views/reports/report-list.ts';
import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';

/** Looked at in full once; the other themes differ in their inks alone. */
const THEMES: readonly (readonly [theme: string, only: readonly string[]])[] = [
  ['Light', []],
  ['Dark', ['color-contrast']],
  ['Projector', ['color-contrast', 'target-size']],
];

/** Opens an address of the page, and looks at what its heading announces in every theme. */
async function lookAt(page: Page, hash: string, title: string | RegExp): Promise<void> {
  await page.goto(`./${hash}`);
  await expect(page.getByRole('main').getByRole('heading', { name: title }).first()).toBeVisible();
  await untilIdle(page);
  for (const [theme, only] of THEMES) {
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await untilIdle(page);
    expect(await complaintsOfAxe(page, only), `${hash} in the theme ${theme}`).toEqual([]);
  }
}

for (const { id, title } of SCREENS.screens)
  test(`axe finds nothing on the screen ${title}, in any theme`, async ({ page }) => {
    await lookAt(page, `#screen=${id}`, /./);
  });

for (const { id, title } of REPORTS)
  test(`axe finds nothing in the report “${title}”, in any theme`, async ({ page }) => {
    await lookAt(page, `#screen=reports&report=${id}`, title);
  });
