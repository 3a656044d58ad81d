import { describe, expect, it } from 'vitest';
import { flowChips } from './tree-chips.ts';
import { fitReadable, fitZoom, hiddenSides, reveal, touches } from './tree-fit.ts';
import { entryPath, lanePath } from './tree-paths.ts';

const panel = { widthPx: 400, heightPx: 300 };

describe('the zoom that fits', () => {
  it('puts small content in the middle, no larger than is useful', () => {
    expect(fitZoom({ content: { widthPx: 100, heightPx: 50 }, panel, least: 0.8, most: 2 })).toEqual({
      k: 2,
      x: 100,
      y: 100,
    });
  });

  it('keeps text readable when the content is too large, and starts at its top left', () => {
    expect(fitZoom({ content: { widthPx: 4000, heightPx: 5000 }, panel, least: 0.8, most: 2 })).toEqual({
      k: 0.8,
      x: 0,
      y: 0,
    });
  });
});

describe('what is in sight', () => {
  const args = { panel, aroundPx: 10 };
  const rect = { x: 500, y: 20, widthPx: 100, heightPx: 40 };
  it('is what lies in the panel, if only by its edge', () => {
    expect(touches({ k: 1, x: 0, y: 0 }, rect, args)).toBe(false);
    expect(touches({ k: 0.79, x: 0, y: 0 }, rect, args)).toBe(true);
    expect(touches({ k: 1, x: -89, y: 0 }, rect, args)).toBe(false);
    expect(touches({ k: 1, x: -91, y: 0 }, rect, args)).toBe(true);
  });
  it('is not what has been moved out at any side, with all that stands out over it', () => {
    expect(touches({ k: 1, x: -611, y: 0 }, rect, args)).toBe(false);
    expect(touches({ k: 1, x: -609, y: 0 }, rect, args)).toBe(true);
    expect(touches({ k: 1, x: -300, y: -71 }, rect, args)).toBe(false);
    expect(touches({ k: 1, x: -300, y: 291 }, rect, args)).toBe(false);
    expect(touches({ k: 1, x: -300, y: 289 }, rect, args)).toBe(true);
  });
});

describe('reveal', () => {
  const rect = { x: 500, y: 20, widthPx: 100, heightPx: 40 };
  it('moves no more than it must', () => {
    expect(reveal({ k: 1, x: 0, y: 0 }, rect, panel)).toEqual({ k: 1, x: -208, y: 0 });
  });
  it('leaves a zoom alone that shows the rectangle', () => {
    const zoom = { k: 1, x: -208, y: 0 };
    expect(reveal(zoom, rect, panel)).toBe(zoom);
  });
  it('shows the start of what is larger than the panel', () => {
    expect(reveal({ k: 1, x: 0, y: 0 }, { ...rect, x: 100, widthPx: 900 }, panel)).toEqual({
      k: 1,
      x: -92,
      y: 0,
    });
  });
});

describe('chips', () => {
  it('go on in the next line and stop when the cell is full', () => {
    const flow = { widthPx: 100, gapPx: 4, linePx: 20, lines: 2 };
    expect(flowChips([60, 30, 50, 60, 10], flow)).toEqual([
      { x: 0, y: 0 },
      { x: 64, y: 0 },
      { x: 0, y: 20 },
      null,
      null,
    ]);
  });
});

describe('paths', () => {
  it('start and end where they are told, with commands that never differ', () => {
    expect(entryPath({ x: 10, y: 20 }, { x: 50, y: 80 })).toBe('M10 20C30 20 30 80 50 80');
    const commands = (path: string): string => path.replace(/[^A-Z]/g, '');
    expect(commands(lanePath({ x: 90, y: 10 }, 80, { x: 90, y: 12 }))).toBe(
      commands(lanePath({ x: 90, y: 10 }, 80, { x: 95, y: 300 })),
    );
  });
});

describe('the fit that can be read', () => {
  const args = { least: 0.85, smallest: 0.75, most: 1.5 };
  const fit = (content: [number, number], panel: [number, number]) =>
    fitReadable({
      ...args,
      content: { widthPx: content[0], heightPx: content[1] },
      panel: { widthPx: panel[0], heightPx: panel[1] },
      clear: { widthPx: panel[0], heightPx: panel[1] - 40 },
    });

  it('leaves the foot free where all can be read above it', () => {
    expect(fit([400, 200], [400, 240])).toEqual({ k: 1, x: 0, y: 0 });
  });

  it('goes below the least zoom only where that shows everything', () => {
    expect(fit([1000, 200], [800, 300]).k).toBeCloseTo(0.8);
    expect(fit([1000, 200], [700, 300])).toEqual({ k: 0.85, x: 0, y: 45 });
  });

  it('shows all of one direction where it cannot show all of both', () => {
    expect(fit([500, 900], [400, 300]).k).toBeCloseTo(0.8);
    expect(fit([900, 360], [400, 300]).k).toBeCloseTo(300 / 360);
    expect(fit([400, 900], [400, 300]).k).toBe(0.85);
  });

  it('goes under the buttons rather than out of sight', () => {
    expect(fit([800, 300], [1000, 240]).k).toBeCloseTo(0.8);
  });
});

describe('what lies beyond the panel', () => {
  const content = { x: 10, y: 10, widthPx: 380, heightPx: 280 };
  it('is nothing where all is in sight', () => {
    expect(hiddenSides({ k: 1, x: 0, y: 0 }, content, panel)).toEqual([]);
  });
  it('is told by side', () => {
    expect(hiddenSides({ k: 1.5, x: 0, y: 0 }, content, panel)).toEqual(['right', 'below']);
    expect(hiddenSides({ k: 1, x: -200, y: -40 }, content, panel)).toEqual(['above', 'left']);
  });
});
