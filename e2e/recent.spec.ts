import type { Page } from '@playwright/test';
import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, position, press } from './workbench.ts';

async function openRecent(page: Page): Promise<void> {
  await press(page, 'Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('recent runs');
  await expect(page.getByRole('option', { name: /Recent runs/, selected: true })).toBeVisible();
  await press(page, 'Enter');
  await expect(page.getByRole('dialog', { name: 'Recent runs' })).toBeVisible();
}

test('a run is kept from visit to visit, opened again, and deleted', async ({ page }) => {
  await openWorkbench(page);
  await openRecent(page);
  await expect(page.getByText(/None yet/)).toBeVisible();
  await press(page, 'Escape');
  await press(page, 'ArrowRight', 5);
  await openRecent(page);
  await expect(page.getByRole('button', { name: /^Open A whole tree moves.*5 steps/ })).toBeVisible();
  await page.goto('./?later');
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 0 of 0');
  await openRecent(page);
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByRole('button', { name: /^Open A whole tree moves.*5 steps/ }).focus();
  await press(page, 'Enter');
  await expect(position(page)).toHaveText('step 5 of 5');
  await openRecent(page);
  await page.getByRole('button', { name: 'Delete all' }).focus();
  await press(page, 'Enter');
  await expect(page.getByText(/None yet/)).toBeVisible();
});

test('a reload shows the same moment; a note of it that makes no sense is ignored', async ({ page }) => {
  await openWorkbench(page);
  await press(page, 'ArrowRight', 5);
  await press(page, 'ArrowLeft', 2);
  await page.reload();
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 3 of 5');
  await page.addInitScript(() => {
    sessionStorage.setItem(`limbo:tab:${location.pathname}${location.search}`, 'v=2&scenario=none&run=x');
  });
  await page.reload();
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 0 of 0');
  // The place where errors are told is always there.
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('where nothing may be stored, it says so in words and the run goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await openWorkbench(page);
  await press(page, 'ArrowRight', 2);
  await openRecent(page);
  await expect(page.getByText(/This browser keeps nothing here/)).toBeVisible();
  await press(page, 'Escape');
  await press(page, 'ArrowRight');
  await expect(position(page)).toHaveText('step 3 of 3');
});
