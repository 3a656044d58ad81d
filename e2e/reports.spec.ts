import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { complaintsOfAxe } from './axe.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench } from './workbench.ts';

const NUMA = 'A process moves to another node';
const FAST_PATH = 'What the fast path pays';

/** Two presses from the first screen, both with the keyboard. */
async function openReport(page: Page, title: string): Promise<Locator> {
  await openWorkbench(page);
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: 'Reports' })
    .press('Enter');
  await page.getByRole('navigation', { name: 'Reports' }).getByRole('button', { name: title }).press('Enter');
  const report = page.getByRole('article', { name: title });
  await expect(report.getByRole('figure').first()).toBeVisible({ timeout: 60_000 });
  await untilIdle(page);
  return report;
}

async function textOf(download: Promise<Download>): Promise<string> {
  return readFileSync(await (await download).path(), 'utf8');
}

test('the fast path: slow-downs beside the published ones, read by keyboard, saved as figures and as a picture', async ({
  page,
}) => {
  const report = await openReport(page, FAST_PATH);
  await expect(report.getByText(/2008-03-19: .*% slower here, 3% published/)).toBeVisible();
  const chart = report.getByRole('figure', { name: 'Slow-down of a page fault while nothing moves' });
  const reading = chart.getByRole('slider');
  await reading.press('Home');
  await expect(reading).toHaveAttribute('aria-valuetext', /^2008-01-04: this model/);
  await reading.press('ArrowRight');
  await reading.press('ArrowRight');
  await expect(reading).toHaveAttribute('aria-valuetext', /^2008-03-19: this model .*published 3%$/);

  const figures = page.waitForEvent('download');
  await chart.getByRole('button', { name: 'Save CSV' }).press('Enter');
  expect(await textOf(figures)).toMatch(/^version,this model,published\n2008-01-04,0\.0\d+,\n/);
  const picture = page.waitForEvent('download');
  await chart.getByRole('button', { name: 'Save SVG' }).press('Enter');
  const svg = await textOf(picture);
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('Slow-down of a page fault while nothing moves');
  expect(svg).not.toContain('var(--');

  await report.getByLabel('Machine').selectOption({ label: 'Xeon X5550, 2.8 GHz (2009)' });
  await expect(report.getByText(/2008-03-19: 1\.\d+% slower here/)).toBeVisible();
});

test('a process moves: only data leaves walks behind; the address brings one back to the report', async ({
  page,
}) => {
  const report = await openReport(page, NUMA);
  const row = (name: string): Locator => report.getByRole('row', { name });
  await expect(row('data only (Linux)')).toContainText(/4\d(\.\d+)?%/);
  await expect(row('data, then tables')).toContainText('0%');
  await report.getByLabel('Working set').selectOption('64 MiB');
  await expect(row('data only (Linux)').getByRole('cell').last()).toHaveText(/^1\.0/, { timeout: 60_000 });
  await page.reload();
  await expect(page.getByRole('article', { name: NUMA })).toBeVisible();
});

test('a long computation can be stopped, and says so', async ({ page }) => {
  const report = await openReport(page, NUMA);
  await report.getByRole('button', { name: 'Work it out' }).press('Enter');
  await report.getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(report.getByText('Stopped by you.')).toBeVisible();
});

test('a report that does not exist is said in words', async ({ page }) => {
  await page.goto('./#screen=reports&report=nothing');
  await expect(page.getByText('There is no report “nothing”.')).toBeVisible();
});

for (const theme of ['Light', 'Dark', 'Projector'])
  test(`axe finds nothing in a report in the theme ${theme}`, async ({ page }) => {
    await openReport(page, FAST_PATH);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await untilIdle(page);
    await page.getByText('Figures').first().click();
    expect(await complaintsOfAxe(page)).toEqual([]);
  });
