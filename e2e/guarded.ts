import { test as base, expect, type Page } from '@playwright/test';

export { expect };

/** Starts to note what a healthy page never does: errors, breaches of its policy, requests to another origin. */
export async function noteComplaints(page: Page, ownOrigin: string): Promise<readonly string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('crash', () => complaints.push('the page crashed'));
  page.on('request', (request) => {
    const { origin, protocol, href } = new URL(request.url());
    const isLocal = protocol === 'data:' || protocol === 'blob:' || origin === ownOrigin;
    if (!isLocal) complaints.push(`request to another origin: ${href}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  return complaints;
}

/** A test whose page may not complain, neither while the test runs nor when it ends. */
export const test = base.extend({
  page: async ({ page, baseURL }, use) => {
    const complaints = await noteComplaints(page, new URL(baseURL ?? '').origin);
    await use(page);
    expect(complaints).toEqual([]);
  },
});
