export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** A zoom: `k` times, then moved by x, y px. */
export interface Zoom {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export interface TouchArgs {
  readonly panel: Size;
  /** px of the content at zoom 1. */
  readonly aroundPx: number;
}

export type HiddenSide = 'above' | 'left' | 'right' | 'below';

export interface FitArgs {
  readonly content: Size;
  readonly panel: Size;
  /** The least zoom at which text is still readable, and the greatest that is useful. */
  readonly least: number;
  readonly most: number;
}

/** All of the content in the middle of the panel; what is too large for the least zoom starts at the top left. */
export function fitZoom({ content, panel, least, most }: FitArgs): Zoom {
  const whole = Math.min(panel.widthPx / content.widthPx, panel.heightPx / content.heightPx);
  const k = Math.max(least, Math.min(most, whole));
  return {
    k,
    x: Math.max(0, (panel.widthPx - content.widthPx * k) / 2),
    y: Math.max(0, (panel.heightPx - content.heightPx * k) / 2),
  };
}

export interface ReadableFitArgs extends FitArgs {
  /** The part of the panel that nothing lies over. */
  readonly clear: Size;
  /** Smaller than `least`: taken only where it brings everything into sight. */
  readonly smallest: number;
}

/**
 * Fits into the clear part of the panel where that can be read well; else a little smaller where that shows all, over
 * what lies there if it must; else so that nothing is left out in one of the directions; else at the least zoom. What
 * does not fit starts at the top left.
 */
export function fitReadable({ clear, smallest, ...args }: ReadableFitArgs): Zoom {
  const { content, panel, least } = args;
  const fits = (room: Size, k: number): boolean =>
    content.widthPx * k <= room.widthPx && content.heightPx * k <= room.heightPx;
  if (fits(clear, least)) return fitZoom({ ...args, panel: clear });
  if (fits(panel, least)) return fitZoom(args);
  const room = [clear, panel].find((size) => fits(size, smallest));
  if (room !== undefined) return fitZoom({ ...args, panel: room, least: smallest });
  const fitsOne = [panel.widthPx / content.widthPx, panel.heightPx / content.heightPx]
    .map((k) => Math.min(least, k))
    .find((k) => k >= smallest);
  const k = fitsOne ?? least;
  return fitZoom({ ...args, panel: content.heightPx * k <= clear.heightPx ? clear : panel, least: k });
}

/** The sides of the panel beyond which there is some of a content that stands at `zoom`. */
export function hiddenSides(
  zoom: Zoom,
  { x, y, widthPx, heightPx }: Rect,
  panel: Size,
): readonly HiddenSide[] {
  const tolerancePx = 2;
  const [left, top] = [zoom.x + x * zoom.k, zoom.y + y * zoom.k];
  const sides: readonly (readonly [HiddenSide, boolean])[] = [
    ['above', top < -tolerancePx],
    ['left', left < -tolerancePx],
    ['right', left + widthPx * zoom.k > panel.widthPx + tolerancePx],
    ['below', top + heightPx * zoom.k > panel.heightPx + tolerancePx],
  ];
  return sides.filter(([, isHidden]) => isHidden).map(([side]) => side);
}

/** Whether some of a rectangle of the content, or of what stands out `aroundPx` over it, lies in the panel. */
export function touches(zoom: Zoom, rect: Rect, { panel, aroundPx }: TouchArgs): boolean {
  const around = aroundPx * zoom.k;
  const [left, top] = [zoom.x + rect.x * zoom.k, zoom.y + rect.y * zoom.k];
  return (
    left - around < panel.widthPx &&
    left + rect.widthPx * zoom.k + around > 0 &&
    top - around < panel.heightPx &&
    top + rect.heightPx * zoom.k + around > 0
  );
}

/** The least move of a zoom that brings a rectangle of the content into the panel; the same zoom when it is there. */
export function reveal(zoom: Zoom, rect: Rect, panel: Size): Zoom {
  const marginPx = 8;
  const x = shift(zoom.x + rect.x * zoom.k, rect.widthPx * zoom.k, panel.widthPx - marginPx);
  const y = shift(zoom.y + rect.y * zoom.k, rect.heightPx * zoom.k, panel.heightPx - marginPx);
  return x === 0 && y === 0 ? zoom : { k: zoom.k, x: zoom.x + x, y: zoom.y + y };
}

/** How far [start, start + length] must move to lie in [8, limit]; its start wins when it is too long. */
function shift(start: number, length: number, limit: number): number {
  if (start < 8 || length > limit - 8) return 8 - start;
  return start + length > limit ? limit - start - length : 0;
}
