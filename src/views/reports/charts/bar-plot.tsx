import type { BarGeometry } from '../../../layout/bar-chart.ts';
import type { BarChart } from '../../../reports/chart.ts';
import { Axes } from './axes.tsx';
import { MARKER_PATHS, seriesLook } from './series-look.ts';

interface BarPlotProps {
  readonly chart: BarChart;
  readonly geometry: BarGeometry;
  /** The category that is read, as an index; -1 for none. */
  readonly stop: number;
}

/** A bar lower than this has no room for its shape. */
const LEAST_FOR_SHAPE_PX = 14;

/** The bars of a chart, and the marks beside them. */
export function BarPlot({ chart, geometry, stop }: BarPlotProps) {
  const { box, yTicks, bars, marks, categories, labelRows } = geometry;
  const read = categories[stop];
  const xTicks = categories.map(({ name, from, to }) => ({ atPx: (from + to) / 2, text: name }));
  return (
    <>
      {read !== undefined && (
        <rect
          className="chart-band"
          x={read.from - 4}
          y={box.top}
          width={read.to - read.from + 8}
          height={box.bottom - box.top}
        />
      )}
      <Axes
        box={box}
        xTicks={xTicks}
        yTicks={yTicks}
        xTitle={chart.category}
        yTitle={chart.y.title}
        xRows={labelRows}
      />
      {bars.map(({ series, x, y, width, height }, i) => (
        <g key={i} className={seriesLook(series).className}>
          <rect className="chart-bar" x={x} y={y} width={width} height={height} />
          {chart.series.length > 1 && height >= LEAST_FOR_SHAPE_PX && (
            <path
              className="chart-bar-sign"
              d={MARKER_PATHS[seriesLook(series).shape]}
              transform={`translate(${String(x + width / 2)} ${String(y + height / 2)})`}
            />
          )}
        </g>
      ))}
      {marks.map(({ category, x, y }) => (
        <path
          key={category}
          className="chart-mark"
          d={MARKER_PATHS.diamond}
          transform={`translate(${String(x)} ${String(y)}) scale(1.3)`}
        />
      ))}
    </>
  );
}
