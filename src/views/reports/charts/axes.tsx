import { LABEL_ROW_PX } from '../../../layout/bar-chart.ts';
import type { PlotBox, Tick } from '../../../layout/chart-scale.ts';

interface AxesProps {
  readonly box: PlotBox;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly xTitle: string;
  readonly yTitle: string;
  /** Texts of x take turns in so many rows. */
  readonly xRows?: number;
}

/** The lines, numbers and names around a plot. */
export function Axes({ box, xTicks, yTicks, xTitle, yTitle, xRows = 1 }: AxesProps) {
  const { left, right, top, bottom } = box;
  return (
    <g className="chart-axes">
      {yTicks.map(({ atPx, text }) => (
        <g key={text} transform={`translate(0 ${String(atPx)})`}>
          <path className="chart-grid" d={`M${String(left)} 0H${String(right)}`} />
          <text x={left - 6} y={4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {xTicks.map(({ atPx, text }, i) => (
        <g key={text} transform={`translate(${String(atPx)} ${String(bottom)})`}>
          <path className="chart-tick" d="M0 0V4" />
          <text y={16 + (i % xRows) * LABEL_ROW_PX} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
      <path
        className="chart-frame"
        d={`M${String(left)} ${String(top)}V${String(bottom)}H${String(right)}`}
      />
      <text
        className="chart-axis-title"
        x={right}
        y={bottom + 36 + (xRows - 1) * LABEL_ROW_PX}
        textAnchor="end"
      >
        {xTitle}
      </text>
      <text className="chart-axis-title" x={left - 4} y={top - 14} textAnchor="start">
        {yTitle}
      </text>
    </g>
  );
}
