import type { Locator, Page } from '@playwright/test';
import { scatteredRuns, sampleCapture } from '../src/formats/sample-capture.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { chooseFile, jsonFile, openWorkbench, position, press } from './workbench.ts';

const lane = (page: Page, name: string): Locator => page.getByRole('article', { name, exact: true });
const stepOf = (page: Page, name: string): Locator =>
  lane(page, name).getByRole('button', { name: new RegExp(`^${name}: `) });

async function runUntilItBlocks(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Run ${name} until it blocks` }).click();
  await untilIdle(page);
}

test('a thread is stepped by its button, and its current line moves', async ({ page }) => {
  await openWorkbench(page);
  const line = lane(page, 'CPU0 user').locator('[aria-current="step"]');
  await expect(line).toContainText('read va0');
  await stepOf(page, 'CPU0 user').click();
  await untilIdle(page);
  await expect(position(page)).toHaveText('step 1 of 1');
  await expect(line).toContainText('walk: read pgd[0]');
  await expect(stepOf(page, 'CPU0 user')).toHaveText(/walk: read pgd\[0\]/);
});

test('a blocked thread says whom it waits for, and the CPU that it names shows what is pending', async ({
  page,
}) => {
  await openWorkbench(page);
  await press(page, '1', 12);
  await runUntilItBlocks(page, 'CPU1 relocate');
  const relocate = lane(page, 'CPU1 relocate');
  await expect(stepOf(page, 'CPU1 relocate')).toHaveAttribute('aria-disabled', 'true');
  await expect(relocate).toContainText('waits for acknowledgements from CPU0');
  await expect(page.getByRole('article', { name: 'Caches of CPU0' })).toContainText('IPI from CPU1');
  await expect(page.getByRole('article', { name: 'Caches of CPU1' })).toContainText('awaits CPU0');
  await relocate.getByRole('button', { name: 'CPU0', exact: true }).hover();
  await expect(lane(page, 'CPU0 user')).toHaveAttribute('data-marked', 'pointed');
});

test('the routines under way lead outwards', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '2', 12);
  const relocate = lane(page, 'CPU1 relocate');
  const path = relocate.getByRole('list', { name: /Routines under way/ }).getByRole('button');
  await expect(path.last()).toContainText('relocate_mm');
  const lines = relocate.locator('.code li');
  const alone = await lines.count();
  await path.last().click();
  await expect.poll(() => lines.count()).toBeGreaterThan(alone);
  await path.first().click();
  await expect(lines).toHaveCount(alone);
});

test('stale caches are told in words; the memory map tells who leads to the old table', async ({ page }) => {
  await openWorkbench(page);
  await press(page, '1', 10);
  await runUntilItBlocks(page, 'CPU1 relocate');
  const caches = page.getByRole('article', { name: 'Caches of CPU0' });
  await expect(caches.getByText(/frame 2 is not in the tree any more/)).toBeAttached();
  const memory = page.getByRole('region', { name: 'Memory of the nodes' });
  await memory.getByRole('button', { name: /^frame 2, PUD, limbo/ }).click();
  await expect(memory.getByRole('status')).toContainText('PML4E cache of CPU0');
  await expect(caches.getByRole('button', { name: 'frame 2, limbo' })).toHaveAttribute('data-marked', /./);
});

test('arrow keys go from frame to frame, also to the other node', async ({ page }) => {
  await openWorkbench(page);
  const memory = page.getByRole('region', { name: 'Memory of the nodes' });
  await memory.getByRole('button', { name: 'frame 1, PGD, table' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(memory.getByRole('button', { name: 'frame 2, PUD, table' })).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect(memory.getByRole('button', { name: 'frame 102, free' })).toBeFocused();
});

test('a property that fails says why, and leads to the step', async ({ page }) => {
  // A schedule that loses a dirty bit in its last step, as a search found it, at its start.
  await page.goto('./#v=1&scenario=two-dirty&design=2008-05-09&run=51-4ba3ba2ba2ba4babab2aba7bi.1i15b&at=0');
  await untilIdle(page);
  const strip = page.getByRole('region', { name: 'Properties' });
  await expect(strip).toContainText('None fails');
  await press(page, 'End');
  const chip = strip.getByRole('button', { name: /No lost dirty bit FAILS/ });
  await chip.click();
  const card = strip.getByRole('group', { name: 'No lost dirty bit fails' });
  await expect(card).toContainText('was written to, but no current entry that maps it has D');
  await press(page, 'Home');
  await expect(chip).toHaveCount(0);
});

test('a process of many pages is painted, and its tables are found by keys', async ({ page }) => {
  await openWorkbench(page);
  const capture = sampleCapture({ runs: scatteredRuns(5000) });
  await chooseFile(page, jsonFile('capture.json', JSON.stringify(capture)));
  await page.getByRole('button', { name: /^Relocate \d+ tables$/ }).click();
  await untilIdle(page);
  const memory = page.getByRole('region', { name: 'Memory of the nodes' });
  await memory.getByRole('application').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(memory.getByRole('status')).toContainText(
    /frame (0x)?[0-9a-f]+, node \d: data .*Led to by pte\[/,
  );
  await memory.getByRole('button', { name: 'Show the chosen frame' }).click();
  await expect(memory.locator('.frame-ring')).not.toHaveCount(0);
});
