import { memo } from 'react';
import { columnX, ticks, type TimelineScale } from '../../layout/timeline.ts';

/** Numbers of steps need this much room. */
const LABEL_PX = 56;

interface AxisProps {
  readonly scale: TimelineScale;
  readonly y: number;
}

const number = new Intl.NumberFormat('en');

/** Step numbers below the lanes. */
export const Axis = memo(function Axis({ scale, y }: AxisProps) {
  const shown = ticks(scale, LABEL_PX).filter(
    (index) => columnX(scale, index) <= scale.widthPx - LABEL_PX / 2,
  );
  return (
    <g className="tl-axis">
      {shown.map((index) => (
        <g key={index} transform={`translate(${String(columnX(scale, index))} ${String(y)})`}>
          <path d="M0 0v3" />
          <text y={13} textAnchor={index === 0 ? 'start' : 'middle'}>
            {number.format(index)}
          </text>
        </g>
      ))}
    </g>
  );
});
