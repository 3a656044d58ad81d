import { scaleBand } from 'd3';
import type { BarChart } from '../reports/chart.ts';
import { axisScale, axisTicks, type PlotBox, type Scale, type Tick } from './chart-scale.ts';

/** One bar, px. */
export interface Bar {
  /** Which series it is of. */
  readonly series: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BarGeometry {
  readonly box: PlotBox;
  readonly yTicks: readonly Tick[];
  readonly categories: readonly { readonly name: string; readonly from: number; readonly to: number }[];
  readonly bars: readonly Bar[];
  /** Where the values from elsewhere are marked; the category that each belongs to. */
  readonly marks: readonly { readonly category: number; readonly x: number; readonly y: number }[];
  /** Names of categories take turns in so many rows, so that none is on another. */
  readonly labelRows: number;
}

const Y_TICK_PX = 34;
const WIDEST_BAR_PX = 64;
const LETTER_PX = 7;
export const LABEL_ROW_PX = 14;

/** Where the bars, marks and ticks of a chart are drawn in a box. */
export function barGeometry(chart: BarChart, room: PlotBox): BarGeometry {
  const { categories, marks } = chart;
  const labelRows = labelRowsOf(categories, room);
  const box = { ...room, bottom: room.bottom - (labelRows - 1) * LABEL_ROW_PX };
  const yScale = axisScale(chart.y, tops(chart), [box.bottom, box.top]);
  const band = scaleBand<number>()
    .domain(categories.map((_, i) => i))
    .range([box.left, box.right])
    .paddingInner(0.25)
    .paddingOuter(0.12);
  const places = categories.map((name, i) => {
    const from = band(i) ?? box.left;
    return { name, from, to: from + band.bandwidth() };
  });
  return {
    box,
    labelRows,
    yTicks: axisTicks(chart.y, yScale, Y_TICK_PX),
    categories: places,
    bars: places.flatMap(({ from, to }, i) => barsOf(chart, i, { from, to, yScale })),
    marks: places.flatMap(({ from, to }, category) => {
      const value = marks?.values[category] ?? null;
      return value === null ? [] : [{ category, x: (from + to) / 2, y: yScale(value) }];
    }),
  };
}

function labelRowsOf(categories: readonly string[], { left, right }: PlotBox): number {
  const widest = LETTER_PX * Math.max(0, ...categories.map(({ length }) => length));
  return Math.max(1, Math.ceil((widest * categories.length) / (right - left)));
}

/** Everything that must fit below the top. */
function tops({ categories, series, stacked, marks }: BarChart): readonly number[] {
  const own = categories.flatMap((_, i) => {
    const values = series.map(({ values: all }) => all[i] ?? 0);
    return stacked ? [values.reduce((sum, value) => sum + value, 0)] : values;
  });
  return [...own, ...(marks?.values ?? []).filter((value) => value !== null)];
}

interface Slot {
  readonly from: number;
  readonly to: number;
  readonly yScale: Scale;
}

function barsOf({ series, stacked }: BarChart, category: number, { from, to, yScale }: Slot): Bar[] {
  const count = stacked ? 1 : series.length;
  const width = Math.min(WIDEST_BAR_PX, (to - from) / count);
  const left = (from + to - width * count) / 2;
  let base = 0;
  return series.flatMap(({ values }, i) => {
    const value = values[category] ?? null;
    if (value === null) return [];
    const [low, high] = [yScale(base), yScale(base + value)];
    if (stacked) base += value;
    const x = stacked ? left : left + i * width;
    return [{ series: i, x, y: Math.min(low, high), width, height: Math.abs(low - high) }];
  });
}
