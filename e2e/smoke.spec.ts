import { test as unguarded } from '@playwright/test';
import { expect, noteComplaints, test } from './guarded.ts';
import { untilIdle } from './idle.ts';

test('the page opens, quietly and isolated', async ({ page }) => {
  await page.goto('./');
  await untilIdle(page);
  await expect(page).toHaveTitle(/Limbo/);
  await expect(page.getByRole('heading', { name: 'Limbo' })).toBeVisible();
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
});

test('the server sends the policy that the page carries', async ({ page }) => {
  const response = await page.goto('./');
  const inHeader = response?.headers()['content-security-policy'];
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
  expect(inHeader).toContain("default-src 'none'");
  expect(inHeader).not.toContain('unsafe');
  expect(await meta.getAttribute('content')).toBe(inHeader);
});

unguarded('what the guard is for would be noticed', async ({ page, baseURL }) => {
  const { origin } = new URL(baseURL ?? '');
  const complaints = await noteComplaints(page, origin);
  await page.goto('./');
  await untilIdle(page);
  expect(complaints).toEqual([]);
  await page.evaluate(async () => {
    document.body.append(document.createElement('style'));
    document.querySelector('style')?.append('body { color: red }');
    await fetch('http://127.0.0.1:9/elsewhere').catch(() => undefined);
    setTimeout(() => {
      throw new Error('nobody caught this');
    });
  });
  await expect.poll(() => complaints.join('\n')).toMatch(/policy: style-src/);
  await expect.poll(() => complaints.join('\n')).toMatch(/policy: connect-src/);
  await expect.poll(() => complaints.join('\n')).toMatch(/uncaught: nobody caught this/);
  await page.goto('data:text/html,<img src="http://127.0.0.1:9/elsewhere.png">');
  await expect.poll(() => complaints.join('\n')).toMatch(/request to another origin/);
});
