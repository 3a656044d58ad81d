import type { Page } from '@playwright/test';
import { expect, test } from './guarded.ts';

const LINK = 'v=2&scenario=two-dirty&design=2008-05-09&run=51-4ba3ba2ba2ba4babab2aba7bi.1i15b&at=40';

/** A page of our own origin with the workbench in a frame, that notes what it hears. */
async function pageAround(page: Page): Promise<void> {
  await page.route('**/around.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' },
      body: '<!doctype html><title>Around</title>',
    }),
  );
  await page.goto('./around.html');
  await page.evaluate((link) => {
    const heard: unknown[] = [];
    Object.assign(globalThis, { heard });
    addEventListener('message', ({ data }) => heard.push(data));
    const frame = Object.assign(document.createElement('iframe'), {
      src: `./?embed#${link}`,
      width: 900,
      height: 700,
    });
    document.body.append(frame);
  }, LINK);
}

function say(page: Page, message: object): Promise<void> {
  return page.evaluate(
    (data) => document.querySelector('iframe')?.contentWindow?.postMessage(data, '*'),
    message,
  );
}

const lastHeard = (page: Page): Promise<unknown> =>
  page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard.at(-1));

test('a run inside another page is driven by messages, and tells where it is', async ({ page }) => {
  await pageAround(page);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('step 40 of 51', { exact: true })).toBeVisible();
  await expect.poll(() => lastHeard(page)).toEqual({ limbo: 1, kind: 'ready' });
  await say(page, { limbo: 1, do: 'seek', cursor: 51 });
  await expect(frame.getByText('step 51 of 51', { exact: true })).toBeVisible();
  await expect
    .poll(() => lastHeard(page))
    .toMatchObject({ kind: 'moment', cursor: 51, length: 51, version: '2008-05-09' });
  await say(page, { limbo: 1, do: 'step', by: 1 });
  await say(page, { limbo: 1, do: 'step', by: -1 });
  await expect(frame.getByText('step 50 of 51', { exact: true })).toBeVisible();
  await say(page, { limbo: 1, do: 'dance' });
  await expect
    .poll(() => lastHeard(page))
    .toMatchObject({ kind: 'refused', message: expect.stringMatching(/not understood/) });
  await say(page, { limbo: 1, do: 'open', link: 'v=2&scenario=nowhere&design=repaired' });
  await expect.poll(() => lastHeard(page)).toMatchObject({ kind: 'moment', cursor: 50 });
  await say(page, { limbo: 1, do: 'open', link: 'v=2&scenario=fault&design=repaired' });
  await expect(frame.getByRole('heading', { name: 'A page fault meets a moving table' })).toBeVisible();
});

test('it is read by keyboard and cannot be changed', async ({ page }) => {
  await pageAround(page);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('step 40 of 51', { exact: true })).toBeVisible();
  await frame.getByRole('button', { name: 'Step', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(frame.getByText('step 41 of 51', { exact: true })).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('ArrowLeft');
  await expect(frame.getByText('step 41 of 51', { exact: true })).toBeVisible();
  await expect(frame.getByRole('combobox', { name: 'Scenario' })).toHaveCount(0);
  await frame.getByRole('button', { name: 'Play' }).focus();
  await page.keyboard.press('Enter');
  await expect(frame.getByText('step 51 of 51', { exact: true })).toBeVisible();
});
