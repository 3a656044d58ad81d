/** How the series of a chart are told apart: colour, dash and shape together. The order is the order of series. */
export interface SeriesLook {
  /** Class of the chart's css that sets `--series`. */
  readonly className: string;
  /** `stroke-dasharray`; empty for a whole line. */
  readonly dash: string;
  readonly shape: MarkerShape;
}

export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'plus';

const SHAPES: readonly MarkerShape[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'plus'];
const DASHES: readonly string[] = ['', '7 3', '2 3', '10 3 2 3', '5 5', '12 3'];

export function seriesLook(index: number): SeriesLook {
  const i = index % SHAPES.length;
  return {
    className: `series-${String(i)}`,
    dash: DASHES[i] ?? '',
    shape: SHAPES[i] ?? 'circle',
  };
}

/** Outlines around (0, 0), px. */
export const MARKER_PATHS: Readonly<Record<MarkerShape, string>> = {
  circle: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  square: 'M-3.5 -3.5h7v7h-7z',
  triangle: 'M0 -4.6L4.4 3.4H-4.4z',
  diamond: 'M0 -5L5 0L0 5L-5 0z',
  cross: 'M-4 -4L4 4M-4 4L4 -4',
  plus: 'M0 -5V5M-5 0H5',
};
