import type { LineGeometry } from '../../../layout/line-chart.ts';
import type { LineChart } from '../../../reports/chart.ts';
import { Axes } from './axes.tsx';
import { MARKER_PATHS, seriesLook } from './series-look.ts';

interface LinePlotProps {
  readonly chart: LineChart;
  readonly geometry: LineGeometry;
  /** The stop that is read, as an index; -1 for none. */
  readonly stop: number;
}

/** More points than this are drawn without a shape each: every so many has one. */
const MOST_SHAPES = 14;

/** The lines of a chart, and a rule at the x that is read. */
export function LinePlot({ chart, geometry, stop }: LinePlotProps) {
  const { box, xTicks, yTicks, series, stops } = geometry;
  const atPx = stops[stop]?.atPx;
  return (
    <>
      <Axes box={box} xTicks={xTicks} yTicks={yTicks} xTitle={chart.x.title} yTitle={chart.y.title} />
      {atPx !== undefined && (
        <path className="chart-rule" d={`M${String(atPx)} ${String(box.top)}V${String(box.bottom)}`} />
      )}
      {series.map((one, i) => (
        <g key={one.name} className={seriesLook(i).className}>
          <path className="chart-line" d={one.path} strokeDasharray={seriesLook(i).dash} />
          {one.points.map(([x, y], at) =>
            isShown(at, one.points.length, i) ? (
              <path
                key={at}
                className="chart-dot"
                d={MARKER_PATHS[seriesLook(i).shape]}
                transform={`translate(${String(x)} ${String(y)})`}
              />
            ) : null,
          )}
        </g>
      ))}
    </>
  );
}

/** Lines that lie on each other have their shapes at different places. */
function isShown(at: number, count: number, series: number): boolean {
  const every = Math.ceil(count / MOST_SHAPES);
  return (at + series) % every === 0;
}
