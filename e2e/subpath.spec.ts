import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as unguarded } from '@playwright/test';
import { expect, noteComplaints } from './guarded.ts';
import { untilIdle } from './idle.ts';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const prefix = '/some/where/';
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** The plainest static host: below a path, and with no header but the type. */
async function serveBelowPath(): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const file = join(dist, pathname.slice(prefix.length) || 'index.html');
    if (!pathname.startsWith(prefix) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': mimeTypes[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

unguarded.use({ serviceWorkers: 'allow' });

unguarded(
  'the built page works below any path, on a host that sends no headers, and isolates itself from the second visit on',
  async ({ page }) => {
    const server = await serveBelowPath();
    try {
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const complaints = await noteComplaints(page, origin);
      await page.goto(origin + prefix);
      await untilIdle(page);
      await expect(page).toHaveTitle(/Limbo/);
      // The host does not isolate the page; once the page is kept, its own service worker does.
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
      await page.locator('html[data-offline="ready"]').waitFor({ state: 'attached' });
      await page.reload();
      await untilIdle(page);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      expect(complaints).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);
