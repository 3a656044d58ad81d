import type { Page } from '@playwright/test';
import { sampleCapture, scatteredRuns } from '../src/formats/sample-capture.ts';
import { expect, test } from './guarded.ts';
import { untilIdle } from './idle.ts';
import { chooseFile, jsonFile, openWorkbench, press, slider } from './workbench.ts';

interface Cards {
  /** What the tables and pages say of themselves and have written on them, in the order of the page, and which of them are in sight. */
  readonly all: readonly string[];
  readonly inSight: readonly string[];
  /** Threads and caches still show the moment before. */
  readonly isBehind: boolean;
  /** What those have written on them. */
  readonly others: readonly string[];
}

/** Presses the timeline at a part of its width, unless that is null; reads the tree in the frame that shows what came of it. */
function cards(page: Page, part: number | null): Promise<Cards> {
  return slider(page).evaluate(async (element, at) => {
    if (at !== null) {
      const moved = new Promise<void>((resolve) => {
        new MutationObserver(() => resolve()).observe(element, { attributeFilter: ['aria-valuenow'] });
      });
      const { left, top, width } = element.getBoundingClientRect();
      const options = {
        clientX: left + width * at,
        clientY: top + 10,
        bubbles: true,
        pointerId: 1,
        button: 0,
      };
      element.dispatchEvent(new PointerEvent('pointerdown', { ...options, buttons: 1 }));
      element.dispatchEvent(new PointerEvent('pointerup', options));
      await moved;
      await new Promise((painted) => requestAnimationFrame(painted));
    }
    const panel = document.querySelector('.tree-svg')?.getBoundingClientRect() ?? new DOMRect();
    const shown = [...document.querySelectorAll('.tree-svg [role="treeitem"]')];
    const seen = shown.filter((card) => {
      const box = card.getBoundingClientRect();
      const across = box.right > panel.left && box.left < panel.right;
      return across && box.bottom > panel.top && box.top < panel.bottom;
    });
    const said = (card: Element): string => `${card.getAttribute('aria-label') ?? ''} | ${card.textContent}`;
    const isBehind = document.querySelectorAll('.settling[aria-busy="true"]').length > 0;
    const others = [...document.querySelectorAll('.settling')].map(({ textContent }) => textContent);
    return { all: shown.map(said), inSight: seen.map(said), isBehind, others };
  }, part);
}

test('a leap in a long run shows the tables in sight at once, threads a frame later, the rest when it rests', async ({
  page,
}) => {
  await openWorkbench(page);
  await chooseFile(
    page,
    jsonFile('long.json', JSON.stringify(sampleCapture({ runs: scatteredRuns(40_000) }))),
  );
  await page.getByRole('button', { name: /^Relocate \d+ tables$/ }).click();
  await untilIdle(page);
  await press(page, 'End');
  for (const part of [0.6, 0.2]) {
    const atOnce = await cards(page, part);
    await untilIdle(page);
    const rested = await cards(page, null);
    expect(atOnce.inSight).toEqual(rested.inSight);
    expect([atOnce.isBehind, rested.isBehind]).toEqual([true, false]);
    expect(rested.inSight.length).toBeLessThan(rested.all.length);
    // A step on and back leaps nowhere: all that differs is drawn.
    await press(page, 'ArrowRight');
    await press(page, 'ArrowLeft');
    const stepped = await cards(page, null);
    expect([stepped.all, stepped.others]).toEqual([rested.all, rested.others]);
  }
});
