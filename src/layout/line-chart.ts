import { line } from 'd3';
import type { LineChart } from '../reports/chart.ts';
import { axisScale, axisTicks, type PlotBox, type Tick } from './chart-scale.ts';

export interface LineGeometry {
  readonly box: PlotBox;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** A path and the places of its points for each series, in order. */
  readonly series: readonly {
    readonly name: string;
    readonly path: string;
    readonly points: readonly (readonly [xPx: number, yPx: number])[];
  }[];
  /** Every x that some series has a point at, ascending: what the reading cursor stops at. */
  readonly stops: readonly { readonly x: number; readonly atPx: number }[];
}

const X_TICK_PX = 78;
const Y_TICK_PX = 34;

/** Where lines, points and ticks of a chart are drawn in a box. */
export function lineGeometry({ x, y, series }: LineChart, box: PlotBox): LineGeometry {
  const points = series.flatMap((one) => one.points);
  const xScale = xScaleOf(x, points, box);
  const yScale = axisScale(
    y,
    points.map(([, value]) => value),
    [box.bottom, box.top],
  );
  const draw = line<readonly [number, number]>();
  const stops = [...new Set(points.map(([value]) => value))].sort((a, b) => a - b);
  return {
    box,
    xTicks: axisTicks(x, xScale, X_TICK_PX),
    yTicks: axisTicks(y, yScale, Y_TICK_PX),
    series: series.map(({ name, points: own }) => {
      const places = own.map(([px, py]) => [xScale(px), yScale(py)] as const);
      return { name, path: draw(mutable(places)) ?? '', points: places };
    }),
    stops: stops.map((value) => ({ x: value, atPx: xScale(value) })),
  };
}

/** d3 asks for arrays that it could write to, and does not. */
const mutable = <T>(list: readonly T[]): T[] => [...list];

function xScaleOf(x: LineChart['x'], points: LineChart['series'][number]['points'], box: PlotBox) {
  const values = points.map(([value]) => value);
  const scale = axisScale(x, values, [box.left, box.right]);
  // An axis of x ends where the data end: rounding up would leave a part of the plot empty.
  if (x.scale === 'linear' && values.length > 0) scale.domain([Math.min(...values), Math.max(...values)]);
  return scale;
}

/** The stop nearest to a place, as an index; -1 where there is none. */
export function nearestStop(stops: LineGeometry['stops'], atPx: number): number {
  let best = -1;
  let least = Infinity;
  stops.forEach((stop, i) => {
    const far = Math.abs(stop.atPx - atPx);
    if (far < least) [best, least] = [i, far];
  });
  return best;
}
