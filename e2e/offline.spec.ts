import { test as unguarded, type Worker } from '@playwright/test';
import { expect, noteComplaints, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { openWorkbench, position, press } from './workbench.ts';

/** What a worker says of an act that its policy forbids: the directive of the breach, or what came of it. */
function breach(worker: Worker, act: 'fetch' | 'eval'): Promise<string> {
  return worker.evaluate(
    (what) =>
      new Promise<string>((resolve) => {
        addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
        // Later: what the debugger itself evaluates is not under the policy.
        setTimeout(() => {
          if (what === 'fetch')
            fetch('https://example.org/').then(
              () => resolve('was fetched'),
              () => undefined,
            );
          else
            try {
              resolve(`gave ${String((0, eval)('6 * 7'))}`);
            } catch {
              // The event says which directive it was.
            }
        });
      }),
    act,
  );
}

unguarded(
  'the simulation runs under the page’s policy: no foreign requests, no code from text',
  async ({ page }) => {
    await openWorkbench(page);
    const [worker] = page.workers();
    if (worker === undefined) throw new Error('no worker was started');
    expect(worker.url()).toMatch(/^blob:/);
    expect(await breach(worker, 'fetch')).toBe('connect-src');
    expect(await breach(worker, 'eval')).toBe('script-src');
  },
);

test.describe('a second visit without a network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('shows, steps, searches, and opens what was never opened before', async ({ page, context }) => {
    await page.goto('./');
    await page.locator('html[data-offline="ready"]').waitFor({ state: 'attached' });
    await context.setOffline(true);
    await page.goto('./?again');
    await untilIdle(page);
    await press(page, 'ArrowRight', 3);
    await expect(position(page)).toHaveText('step 3 of 3');
    await page.getByRole('button', { name: 'Editor' }).click();
    await expect(page.getByRole('heading', { name: 'Scenario editor' })).toBeVisible();
    await page.getByRole('button', { name: 'Workbench', exact: true }).click();
    await page.getByRole('combobox', { name: 'Scenario' }).click();
    await page.getByRole('option', { name: 'Two dirty bits, one moving table' }).click();
    await untilIdle(page);
    await page.getByRole('button', { name: 'Search…' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByRole('row', { name: /^No lost dirty bit fails/ })).toBeVisible({
      timeout: 60_000,
    });
  });

  unguarded('asks the network for nothing', async ({ page, context, baseURL }) => {
    const complaints = await noteComplaints(page, new URL(baseURL ?? '').origin);
    await page.goto('./');
    await page.locator('html[data-offline="ready"]').waitFor({ state: 'attached' });
    await page.reload();
    await untilIdle(page);
    const fetched: string[] = [];
    context.on('response', (response) => {
      const isLocal = /^(blob|data):/.test(response.url());
      // The worker itself is looked after by the browser: whether there is a new version.
      if (!isLocal && !response.fromServiceWorker() && !response.url().endsWith('/sw.js'))
        fetched.push(response.url());
    });
    await page.getByRole('button', { name: 'Audit' }).click();
    await expect(page.getByRole('heading', { name: /audit/i }).first()).toBeVisible();
    await page.reload();
    await untilIdle(page);
    expect(fetched).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
