import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './guarded.ts';
import { openWorkbench, press } from './workbench.ts';

async function saved(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button, exact: true }).focus();
  await page.keyboard.press('Enter');
  return readFile(await (await download).path());
}

async function openShare(page: Page, steps: number): Promise<void> {
  await openWorkbench(page);
  await press(page, 'ArrowRight', steps);
  await page.getByRole('button', { name: 'Share…' }).focus();
  await press(page, 'Enter');
}

test('the run is saved for readers of ITF and of trace events: a state and a slice for each step', async ({
  page,
}) => {
  await openShare(page, 6);
  const itf = JSON.parse((await saved(page, 'Save ITF trace')).toString()) as {
    readonly '#meta': { readonly format: string };
    readonly vars: readonly string[];
    readonly states: readonly Record<string, unknown>[];
  };
  expect(itf['#meta'].format).toBe('ITF');
  expect(itf.states).toHaveLength(7);
  for (const { '#meta': meta, ...state } of itf.states) {
    expect(meta).toHaveProperty('index');
    expect(Object.keys(state).toSorted()).toEqual(itf.vars.toSorted());
  }
  const trace = JSON.parse((await saved(page, 'Save trace events')).toString()) as {
    readonly traceEvents: readonly { readonly ph: string; readonly ts?: number; readonly dur?: number }[];
  };
  const slices = trace.traceEvents.filter(({ ph }) => ph === 'X');
  expect(slices.map(({ ts, dur }) => [ts, dur])).toEqual([0, 1, 2, 3, 4, 5].map((ts) => [ts, 1]));
  const scenario = JSON.parse((await saved(page, 'Save scenario as file')).toString()) as object;
  expect(scenario).toMatchObject({ format: 'limbo-scenario', version: 1, geometry: 'four' });
});

/** A picture as another page draws it: its size, and how many colours it has. */
async function drawn(
  page: Page,
  svg: string,
): Promise<{ readonly size: readonly number[]; readonly colours: number }> {
  return page.evaluate(async (text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    if (parsed.querySelector('parsererror') !== null) throw new Error('this is no well-formed SVG');
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), {
      width: image.width,
      height: image.height,
    });
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? []);
    return { size: [image.width, image.height], colours: new Set(pixels).size };
  }, svg);
}

for (const theme of ['Light', 'Dark'])
  test(`every view is saved as SVG that a fresh page draws, and as PNG of its size, in the theme ${theme}`, async ({
    page,
    context,
  }) => {
    await openWorkbench(page);
    await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
    await press(page, 'ArrowRight', 12);
    await page.getByRole('button', { name: 'Share…' }).click();
    const fresh = await context.newPage();
    const choice = page.getByRole('combobox', { name: 'Picture of' });
    // the dialog is drawn before its list of pictures is known
    await expect(choice.getByRole('option', { name: 'Timeline' })).toBeAttached();
    const names = await choice.getByRole('option').allInnerTexts();
    expect(names).toEqual(
      expect.arrayContaining(['Page tables', 'Threads', 'Properties', 'Timeline', 'The whole page']),
    );
    for (const name of names) {
      await choice.selectOption(name);
      const svg = (await saved(page, 'Save SVG')).toString();
      const { size, colours } = await drawn(fresh, svg);
      expect(colours, name).toBeGreaterThan(20);
      // The same drawing as pixels: enough to see for the smallest and the largest.
      if (name !== 'Timeline' && name !== 'The whole page') continue;
      const png = await saved(page, 'Save PNG');
      expect(png.subarray(0, 8).toString('hex'), name).toBe('89504e470d0a1a0a');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], name).toEqual(size.map((px) => 2 * px));
    }
  });
