import { type ReactNode, useId, useRef, useState } from 'react';
import { barGeometry } from '../../../layout/bar-chart.ts';
import { plotBox } from '../../../layout/chart-scale.ts';
import { lineGeometry, nearestStop } from '../../../layout/line-chart.ts';
import type { BarChart, Chart, LineChart } from '../../../reports/chart.ts';
import { useWidth } from '../../timeline/use-width.ts';
import { BarPlot } from './bar-plot.tsx';
import { FigureTable } from './figure-table.tsx';
import { ChartLegend } from './legend.tsx';
import { LinePlot } from './line-plot.tsx';
import { readingAt } from './reading.ts';
import { SaveButtons } from './save-buttons.tsx';
import './charts.css';

const HEIGHT_PX = 300;
const LEFT_PX = 62;

/** A chart with all that belongs to it: what to read from it, a legend, the figures as a table, and files to save. */
export function ChartFigure({ chart }: { readonly chart: Chart }) {
  const titleId = useId();
  return (
    <figure className="chart" aria-labelledby={titleId}>
      <figcaption>
        <h4 id={titleId}>{chart.title}</h4>
        <p>{chart.about}</p>
      </figcaption>
      <ChartLegend
        kind={chart.kind}
        names={chart.series.map(({ name }) => name)}
        marks={chart.kind === 'bar' ? chart.marks?.name : undefined}
      />
      {chart.kind === 'line' ? <LineFigure chart={chart} /> : <BarFigure chart={chart} />}
    </figure>
  );
}

function LineFigure({ chart }: { readonly chart: LineChart }) {
  return (
    <Plot
      chart={chart}
      draw={(widthPx, stop) => {
        const geometry = lineGeometry(chart, plotBox(widthPx, HEIGHT_PX, LEFT_PX));
        return {
          picture: <LinePlot chart={chart} geometry={geometry} stop={stop} />,
          stopsPx: geometry.stops.map(({ atPx }) => atPx),
        };
      }}
    />
  );
}

function BarFigure({ chart }: { readonly chart: BarChart }) {
  return (
    <Plot
      chart={chart}
      draw={(widthPx, stop) => {
        const geometry = barGeometry(chart, plotBox(widthPx, HEIGHT_PX, LEFT_PX));
        return {
          picture: <BarPlot chart={chart} geometry={geometry} stop={stop} />,
          stopsPx: geometry.categories.map(({ from, to }) => (from + to) / 2),
        };
      }}
    />
  );
}

interface Drawn {
  readonly picture: ReactNode;
  /** Where the reading can stop, in px. */
  readonly stopsPx: readonly number[];
}

interface PlotProps {
  readonly chart: Chart;
  readonly draw: (widthPx: number, stop: number) => Drawn;
}

/** The picture, which is read point by point with the pointer or the arrow keys. */
function Plot({ chart, draw }: PlotProps) {
  const room = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const widthPx = Math.max(280, useWidth(room));
  const [stop, setStop] = useState(-1);
  const { picture, stopsPx } = draw(widthPx, stop);
  const last = stopsPx.length - 1;
  const reading = readingAt(chart, stop);
  const move = (to: number): void => setStop(Math.min(last, Math.max(0, to)));
  const stops = stopsPx.map((atPx, x) => ({ x, atPx }));
  return (
    <>
      <div
        ref={room}
        className="chart-plot"
        role="slider"
        tabIndex={0}
        aria-label={`${chart.title}: point that is read`}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={Math.max(0, stop)}
        aria-valuetext={reading === '' ? 'no point yet' : reading}
        onKeyDown={(event) => {
          const to = keyTarget(event.key, stop, last);
          if (to === null) return;
          event.preventDefault();
          move(to);
        }}
        onPointerMove={({ clientX, currentTarget }) =>
          move(nearestStop(stops, clientX - currentTarget.getBoundingClientRect().left))
        }
      >
        <svg
          ref={svg}
          width={widthPx}
          height={HEIGHT_PX + 20}
          viewBox={`0 -20 ${String(widthPx)} ${String(HEIGHT_PX + 20)}`}
        >
          {picture}
        </svg>
      </div>
      <p className="chart-reading">
        {reading === '' ? 'Point at the chart, or use its arrow keys, to read it.' : reading}
      </p>
      <div className="chart-foot">
        <FigureTable chart={chart} />
        <SaveButtons chart={chart} svg={svg} />
      </div>
    </>
  );
}

/** Where a key moves the reading; null for keys that do not. */
function keyTarget(key: string, stop: number, last: number): number | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: stop + 1,
    ArrowUp: stop + 1,
    ArrowLeft: stop - 1,
    ArrowDown: stop - 1,
    Home: 0,
    End: last,
  };
  return targets[key] ?? null;
}
