import { readdirSync } from 'node:fs';
import type { Page } from 'playwright';
import { launchChromium } from './launch.ts';
import { largeCapture } from './node.ts';
import { percentiles } from './percentiles.ts';

const STEPS = 150;

/** Milliseconds from a press on Step to the first frame after the page is idle again, for many presses. */
async function clickToPaint(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (steps) => {
    const button = [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === 'Step');
    if (button === undefined) throw new Error('no Step button');
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const durations: number[] = [];
    // The title says which step is shown.
    for (let i = 0; i < steps && button.getAttribute('aria-disabled') === null; i++) {
      const before = document.title;
      const started = performance.now();
      button.click();
      while (document.title === before && performance.now() - started < 1000) await frame();
      await frame();
      durations.push(performance.now() - started);
    }
    return durations;
  }, STEPS);
}

/** Milliseconds between frames while the page plays. */
async function framesWhilePlaying(page: Page): Promise<readonly number[]> {
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  const gaps = await page.evaluate(async () => {
    const found: number[] = [];
    let last = performance.now();
    const until = last + 4000;
    while (last < until) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      found.push(now - last);
      last = now;
    }
    return found;
  });
  await page.keyboard.press('Space');
  return gaps.slice(1);
}

async function idle(page: Page): Promise<void> {
  await page.locator('html[data-idle="true"]').waitFor({ state: 'attached', timeout: 60_000 });
}

/** Opens the large capture as a user does. Milliseconds from choosing the file to its summary, and from Relocate to the picture. */
async function openLarge(page: Page): Promise<{ readonly summaryMs: number; readonly relocateMs: number }> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open file…' }).click();
  const chooser = await asked;
  const started = performance.now();
  await chooser.setFiles({
    name: 'bench.json',
    mimeType: 'application/json',
    buffer: Buffer.from(largeCapture()),
  });
  const relocate = page.getByRole('button', { name: /^Relocate \d+ tables$/ });
  await relocate.waitFor({ timeout: 60_000 });
  const summaryMs = Math.round(performance.now() - started);
  const pressed = performance.now();
  await relocate.click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await idle(page);
  return { summaryMs, relocateMs: Math.round(performance.now() - pressed) };
}

/** Steps per second of the engine in the page's worker: the built worker is asked directly, with no drawing. */
async function workerStepsPerSecond(page: Page): Promise<number> {
  const name = readdirSync(new URL('../dist/assets/', import.meta.url)).find((file) =>
    /^worker-.*\.js$/.test(file),
  );
  if (name === undefined) throw new Error('the build has no worker');
  const url = new URL(`assets/${name}`, page.url()).href;
  return page.evaluate(async (address) => {
    const worker = new Worker(address, { type: 'module' });
    let id = 0;
    const ask = (request: object): Promise<{ length: number }> =>
      new Promise((resolve) => {
        const mine = ++id;
        worker.onmessage = ({
          data,
        }: MessageEvent<{ id: number; answer: { kind: string; length: number } }>) => {
          if (data.id === mine && data.answer.kind !== 'progress') resolve(data.answer);
        };
        worker.postMessage({ id: mine, request });
      });
    const source = {
      kind: 'scenario',
      scenario: 'tree',
      version: '2008-05-09',
      overrides: { nodeTest: 'pointee' },
    };
    let steps = 0;
    const started = performance.now();
    for (let seed = 1; performance.now() - started < 2000; seed++) {
      await ask({ do: 'open', source, schedule: [], cursor: 0 });
      steps += (await ask({ do: 'run', seed, steps: 100_000 })).length;
    }
    worker.terminate();
    return Math.round((steps * 1000) / (performance.now() - started));
  }, url);
}

/** Everything that needs the built page at `address`. */
export async function benchBrowser(address: string) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    // tsx gives functions their names by a helper that the page does not have.
    await page.addInitScript('globalThis.__name = (named) => named');
    await page.goto(address);
    await idle(page);
    const workerSteps = await workerStepsPerSecond(page);
    const treeClickMs = percentiles(await clickToPaint(page));
    const treeFrameMs = percentiles(await framesWhilePlaying(page));
    const open = await openLarge(page);
    const captureClickMs = percentiles(await clickToPaint(page));
    const captureFrameMs = percentiles(await framesWhilePlaying(page));
    return { workerSteps, treeClickMs, treeFrameMs, open, captureClickMs, captureFrameMs };
  } finally {
    await browser.close();
  }
}
