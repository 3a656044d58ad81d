import { type KeyboardEvent, lazy, memo, type PointerEvent, Suspense } from 'react';
import { columnX, momentAt, stepAt, type TimelineScale } from '../../layout/timeline.ts';
import { useEndless } from '../../store/endless.ts';
import { drag, scrub, settle } from '../../store/scrub.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { momentInWords } from '../shell/moment-words.ts';
import { Axis } from './axis.tsx';
import { Marks } from './marks.tsx';

/** Fetched with the first run that goes on for ever. */
const RepeatMark = lazy(() => import('./repeat-mark.tsx').then((module) => ({ default: module.RepeatMark })));

export const LANE_PX = 20;
/** Room left of the first column, where a press means the start. */
export const GUTTER_PX = 8;
const PAGE_STEPS = 10;

interface TimelinePlotProps {
  readonly scale: TimelineScale;
  /** Called with the number of the step under the pointer. */
  readonly onPoint: (index: number | null) => void;
}

/** The columns, as a slider: press, drag or use keys to go to any moment. */
export const TimelinePlot = memo(function TimelinePlot({ scale, onPoint }: TimelinePlotProps) {
  const length = useWorkbench((state) => state.length);
  const cursor = useWorkbench((state) => state.cursor);
  const words = useWorkbench(momentInWords);
  const lanes = useWorkbench((state) => state.opened?.actors.length ?? 0);
  const endless = useEndless((state) => state.shown);
  const xOf = (event: PointerEvent): number =>
    event.clientX - event.currentTarget.getBoundingClientRect().left - GUTTER_PX;
  const momentOf = (event: PointerEvent): number => momentAt(scale, xOf(event), length);
  return (
    <div
      className="tl-plot"
      role="slider"
      tabIndex={0}
      aria-label="Moment of the run"
      aria-valuemin={0}
      aria-valuemax={length}
      aria-valuenow={cursor}
      aria-valuetext={words}
      onKeyDown={pageKeys}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        void scrub(momentOf(event));
      }}
      onPointerMove={(event) => {
        onPoint(stepAt(scale, xOf(event), length));
        if (event.currentTarget.hasPointerCapture(event.pointerId)) void drag(momentOf(event));
      }}
      onLostPointerCapture={settle}
      onPointerLeave={() => onPoint(null)}
    >
      <svg width={scale.widthPx} height={lanes * LANE_PX + AXIS_PX} aria-hidden="true">
        <g transform={`translate(${String(GUTTER_PX)} 0)`}>
          <Marks scale={scale} lanes={lanes} />
          {endless !== null && (
            <Suspense fallback={null}>
              <RepeatMark shown={endless} scale={scale} heightPx={lanes * LANE_PX} />
            </Suspense>
          )}
          <Axis scale={scale} y={lanes * LANE_PX} />
          <Cursor scale={scale} cursor={cursor} length={length} heightPx={lanes * LANE_PX} />
        </g>
      </svg>
    </div>
  );
});

export const AXIS_PX = 16;

/** The other keys of a slider are the page's own. */
function pageKeys(event: KeyboardEvent): void {
  if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
  event.preventDefault();
  const { cursor, length } = useWorkbench.getState();
  const target = cursor + (event.key === 'PageUp' ? -PAGE_STEPS : PAGE_STEPS);
  void scrub(Math.max(0, Math.min(length, target)));
}

interface CursorProps {
  readonly scale: TimelineScale;
  readonly cursor: number;
  readonly length: number;
  readonly heightPx: number;
}

/** Where the run stands; what lies beyond is dimmed. */
function Cursor({ scale, cursor, length, heightPx }: CursorProps) {
  const x = columnX(scale, cursor);
  const futurePx = columnX(scale, length) - x;
  return (
    <>
      <rect className="tl-future" x={x} y={0} width={futurePx} height={heightPx} />
      <path className="tl-cursor" d={`M${String(x)} 0v${String(heightPx)}`} />
      <path className="tl-cursor-head" d={`M${String(x - 5)} 0h10l-5 6z`} />
    </>
  );
}
