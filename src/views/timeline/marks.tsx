import { memo, useMemo } from 'react';
import { type Gathering, gathered } from '../../worker/gathering.ts';
import { columnX, type TimelineScale } from '../../layout/timeline.ts';
import { gatherArrows, type IpiArrow } from '../../layout/timeline-ipis.ts';
import { gatherMarks } from '../../layout/timeline-marks.ts';
import { useWorkbench } from '../../store/workbench.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';
import { LANE_PX } from './timeline-plot.tsx';

/** Arrows are left out where columns are narrower than this. */
const ARROW_COLUMN_PX = 2;

interface MarksProps {
  readonly scale: TimelineScale;
  readonly lanes: number;
}

/** All that was recorded; drawn anew only when steps come or go, not when the cursor moves, and then only they are looked at. */
export const Marks = memo(function Marks({ scale, lanes }: MarksProps) {
  const records = useWorkbench((state) => state.records);
  const pathsOf = useMemo(() => gathered(() => gatherMarks({ scale, lanePx: LANE_PX })), [scale]);
  const paths = useMemo(() => pathsOf(records), [pathsOf, records]);
  return (
    <>
      {Array.from({ length: lanes }, (_, lane) => (
        <path
          key={lane}
          className="tl-lane"
          d={`M0 ${String((lane + 1) * LANE_PX)}h${String(scale.widthPx)}`}
        />
      ))}
      {scale.columnPx >= ARROW_COLUMN_PX && <Arrows scale={scale} />}
      {paths.map(({ kind, path }) => (
        <path key={kind} className={`tl-mark tl-mark-${kind}`} d={path} />
      ))}
      <Violations scale={scale} heightPx={lanes * LANE_PX} />
    </>
  );
});

function Arrows({ scale }: { readonly scale: TimelineScale }) {
  const records = useWorkbench((state) => state.records);
  const actors = useWorkbench((state) => state.opened?.actors);
  const arrowsOf = useMemo(
    () => gathered(() => gatherArrows((actor) => actors?.[actor]?.cpu ?? -1)),
    [actors],
  );
  const arrows = useMemo(() => arrowsOf(records), [arrowsOf, records]);
  return arrows.map((arrow) => (
    <path
      key={`${arrow.kind} ${String(arrow.fromStep)} ${String(arrow.toStep)}`}
      className={`tl-arrow tl-arrow-${arrow.kind}`}
      d={arrowPath(arrow, scale)}
    />
  ));
}

/** A line from lane to lane, with a head that ends at the edge of the lane it leads to. */
function arrowPath({ fromStep, fromActor, toStep, toActor }: IpiArrow, scale: TimelineScale): string {
  const middle = scale.columnPx / 2;
  const down = toActor > fromActor ? 1 : -1;
  const [x1, y1] = [columnX(scale, fromStep) + middle, (fromActor + 0.5) * LANE_PX];
  const [x2, y2] = [columnX(scale, toStep) + middle, (toActor + 0.5) * LANE_PX - down * 6];
  const head = `M${String(x2 - 3)} ${String(y2 - down * 4)}L${String(x2)} ${String(y2)}L${String(x2 + 3)} ${String(y2 - down * 4)}`;
  return `M${String(x1)} ${String(y1)}L${String(x2)} ${String(y2)}${head}`;
}

interface ViolationsProps {
  readonly scale: TimelineScale;
  readonly heightPx: number;
}

function Violations({ scale, heightPx }: ViolationsProps) {
  const records = useWorkbench((state) => state.records);
  const columnsOf = useMemo(() => gathered(() => gatherViolations(scale)), [scale]);
  const path = useMemo(
    () =>
      columnsOf(records)
        .map((x) => `M${String(x)} 0v${String(heightPx)}M${String(x - 5)} 10h10l-5 -10z`)
        .join(''),
    [columnsOf, records, heightPx],
  );
  return path === '' ? null : <path className="tl-violation" d={path} />;
}

/** Where steps that violate a property are drawn, in whole px: what is drawn at the same place is drawn once. */
function gatherViolations(scale: TimelineScale): Gathering<StepRecord, readonly number[]> {
  const columns = new Set<number>();
  return {
    add({ index, violations }) {
      if (violations.length > 0) columns.add(Math.round(columnX(scale, index) + scale.columnPx / 2));
    },
    read: () => [...columns],
  };
}
