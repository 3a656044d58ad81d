/**
 * `npm run bench:size [PAGES]`: the page with a process of 10^6 present pages, the memory map of two nodes of 2^20 frames each,
 * a run as long as its relocation, and the map of a machine of 24 GB: from frame to frame and of own work while panning,
 * zooming and playing, from asking for a moment to its picture, forks and branches. Printed, never asserted.
 */
import { loadavg } from 'node:os';
import type { Browser, Page } from 'playwright';
import { sampleCapture, scatteredRuns } from '../../src/formats/sample-capture.ts';
import { launchChromium } from '../launch.ts';
import { serve } from '../serve.ts';
import { drag, idle, play, zoom } from './acts.ts';
import { branches } from './branches.ts';
import { during } from './frames.ts';
import { machineMap } from './machine-map.ts';
import { watchWorkers } from './painted.ts';
import { seeks } from './seeks.ts';

const PAGES = Number(process.argv[2] ?? 1_000_000);

async function openProcess(page: Page): Promise<Readonly<Record<string, number>>> {
  const content = Buffer.from(JSON.stringify(sampleCapture({ runs: scatteredRuns(PAGES) })));
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file…' }).click();
  const chooser = await asked;
  const started = performance.now();
  await chooser.setFiles({ name: 'size.json', mimeType: 'application/json', buffer: content });
  const relocate = page.getByRole('button', { name: /^Relocate [\d,]+ tables$/ });
  await relocate.waitFor({ timeout: 300_000 });
  const summaryMs = Math.round(performance.now() - started);
  const pressed = performance.now();
  await relocate.click();
  await page.getByRole('dialog').waitFor({ state: 'hidden', timeout: 300_000 });
  await idle(page);
  return { summaryMs, openMs: Math.round(performance.now() - pressed) };
}

/** Runs on to the end; milliseconds that it took. */
async function runToEnd(page: Page): Promise<number> {
  const started = performance.now();
  // Once to the last step taken, once on from there to the end of the run.
  for (let i = 0; i < 2; i++) {
    await page.locator('h1').click();
    await page.keyboard.press('End');
    await idle(page);
  }
  return Math.round(performance.now() - started);
}

async function processAtSize(browser: Browser, page: Page): Promise<object> {
  const open = await openProcess(page);
  const tree = {
    pan: await during(browser, page, () => drag(page, '.tree-svg')),
    zoom: await during(browser, page, () => zoom(page, '.tree-svg')),
  };
  const memory = {
    pan: await during(browser, page, () => drag(page, '.frame-canvas')),
    zoom: await during(browser, page, () => zoom(page, '.frame-canvas')),
  };
  const playingFromStart = await during(browser, page, () => play(page));
  const runMs = await runToEnd(page);
  const seek = await seeks(browser, page);
  const timeline = await during(browser, page, () => drag(page, '.tl-plot'));
  await idle(page);
  // The drag may have ended right of the last step, where nothing is left to play.
  await page.locator('.tl-plot').click({ position: { x: 300, y: 30 } });
  await idle(page);
  const playingInLongRun = await during(browser, page, () => play(page));
  const forks = await branches(page);
  return { open, tree, memory, playingFromStart, runMs, seek, timeline, playingInLongRun, forks };
}

const { address, stop } = await serve();
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // tsx gives functions their names by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await watchWorkers(page);
  await page.goto(address);
  await idle(page);
  const run = await processAtSize(browser, page);
  const machine = await machineMap(browser, page);
  console.log(JSON.stringify({ pages: PAGES, loadAverage: loadavg(), run, machine }, null, 2));
} finally {
  await browser.close();
  stop();
}
