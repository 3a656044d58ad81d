/**
 * `npm run bench:size`: the page with a process of 10^6 present pages, the memory map of two nodes of 2^20 frames each and a
 * run as long as its relocation: milliseconds between frames and of own work on the main thread while panning, zooming and
 * playing, and from asking for a moment to its picture. Printed, never asserted.
 */
import { chromium, type Page } from 'playwright';
import { findChromium } from '../e2e/chromium.ts';
import { sampleCapture, scatteredRuns } from '../src/formats/sample-capture.ts';
import { percentiles } from './percentiles.ts';
import { serve } from './serve.ts';

const PAGES = Number(process.argv[2] ?? 1_000_000);

async function idle(page: Page): Promise<void> {
  await page.locator('html[data-idle="true"]').waitFor({ state: 'attached', timeout: 300_000 });
}

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

/** Gaps between frames, and the page's own tasks of 50 ms and more, while `act` goes on. */
async function during(page: Page, act: () => Promise<void>) {
  await page.evaluate(() => {
    const found = { gaps: [] as number[], tasks: [] as number[], on: true };
    Object.assign(globalThis, { limboFrames: found });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found.tasks.push(duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const look = (now: number): void => {
      found.gaps.push(now - last);
      last = now;
      if (found.on) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await act();
  const { gaps, tasks } = await page.evaluate(() => {
    const { limboFrames } = globalThis as unknown as {
      limboFrames: { gaps: number[]; tasks: number[]; on: boolean };
    };
    limboFrames.on = false;
    return limboFrames;
  });
  return {
    frameMs: percentiles(gaps.slice(2)),
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks),
  };
}

async function drag(page: Page, selector: string): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`nothing at ${selector}`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < 60; i++) await page.mouse.move(x + Math.sin(i / 8) * 120, y + Math.cos(i / 8) * 60);
  await page.mouse.up();
}

async function zoom(page: Page, selector: string): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`nothing at ${selector}`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let i = 0; i < 40; i++) await page.mouse.wheel(0, i < 20 ? -120 : 120);
}

async function play(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play' }).click();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 4000)));
  await page.getByRole('button', { name: 'Pause' }).click();
  await idle(page);
}

/** Runs on to the end, then goes to moments far from each other; milliseconds until each is drawn. */
async function seeks(
  page: Page,
): Promise<{ readonly steps: number; readonly runMs: number; readonly seekMs: object }> {
  const started = performance.now();
  // Once to the last step taken, once on from there to the end of the run.
  for (let i = 0; i < 2; i++) {
    await page.locator('h1').click();
    await page.keyboard.press('End');
    await idle(page);
  }
  const runMs = Math.round(performance.now() - started);
  const slider = page.getByRole('slider', { name: 'Moment of the run' });
  const steps = Number(await slider.getAttribute('aria-valuemax'));
  const found: number[] = [];
  const box = await slider.boundingBox();
  if (box === null) throw new Error('no timeline');
  for (let i = 0; i < 40; i++) {
    const x = box.x + ((i * 7919) % 997) * (box.width / 1000);
    found.push(
      await page.evaluate(
        async ({ left, top }) => {
          const at = document.elementFromPoint(left, top);
          const before = document.title;
          const from = performance.now();
          const options = { clientX: left, clientY: top, bubbles: true, pointerId: 1, button: 0, buttons: 1 };
          at?.dispatchEvent(new PointerEvent('pointerdown', options));
          at?.dispatchEvent(new PointerEvent('pointerup', options));
          while (document.title === before && performance.now() - from < 2000)
            await new Promise((resolve) => requestAnimationFrame(resolve));
          return performance.now() - from;
        },
        { left: x, top: box.y + box.height / 2 },
      ),
    );
  }
  return { steps, runMs, seekMs: percentiles(found) };
}

const { address, stop } = await serve();
const executablePath = findChromium();
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // tsx gives functions their names by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(address);
  await idle(page);
  const open = await openProcess(page);
  const result = {
    pages: PAGES,
    open,
    tree: {
      pan: await during(page, () => drag(page, '.tree-svg')),
      zoom: await during(page, () => zoom(page, '.tree-svg')),
    },
    memory: {
      pan: await during(page, () => drag(page, '.frame-canvas')),
      zoom: await during(page, () => zoom(page, '.frame-canvas')),
    },
    playing: await during(page, () => play(page)),
    run: await seeks(page),
  };
  console.log(JSON.stringify(result, null, 2));
} finally {
  await browser.close();
  stop();
}
