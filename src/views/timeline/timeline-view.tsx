import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { scaleOf, timelineCapacity } from '../../layout/timeline.ts';
import { useDock } from '../../store/screens.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { shortActorName } from '../shell/actor-name.ts';
import { stepInWords } from '../shell/moment-words.ts';
import { JumpControls } from './jump-controls.tsx';
import { LANE_PX, TimelinePlot } from './timeline-plot.tsx';
import { useWidth } from './use-width.ts';
import { ViolationButtons } from './violation-buttons.tsx';
import './timeline-view.css';

/** The first picture does not wait for it. */
const Legend = lazy(() => import('./legend.tsx').then((module) => ({ default: module.Legend })));
/** Fetched with the first fork. */
const BranchLanes = lazy(() =>
  import('./branch-lanes.tsx').then((module) => ({ default: module.BranchLanes })),
);

/** The whole run: a column for each step, a lane for each actor; the cursor can be put anywhere. `welcome` stands in it before the first step. */
export function TimelineView({ welcome = null }: { readonly welcome?: ReactNode }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(place);
  const length = useWorkbench((state) =>
    state.branches.reduce((longest, branch) => Math.max(longest, branch.length), state.length),
  );
  const hasBranches = useWorkbench((state) => state.branches.length > 1);
  const capacity = timelineCapacity(length, widthPx);
  const scale = useMemo(() => scaleOf(capacity, widthPx), [capacity, widthPx]);
  return (
    <section className="timeline" aria-labelledby="timeline-title">
      <div className="timeline-head">
        <h2 id="timeline-title">Timeline</h2>
        <PointedStep index={pointed} />
        <ViolationButtons />
        <JumpControls />
        <CostButton />
        <Suspense fallback={<span className="button button-quiet tl-legend-button">Legend</span>}>
          <Legend />
        </Suspense>
      </div>
      <div className="timeline-body">
        <Lanes />
        <div className="timeline-place" ref={place}>
          {widthPx > 0 && <TimelinePlot scale={scale} onPoint={setPointed} />}
          {length === 0 && welcome}
        </div>
        {hasBranches && widthPx > 0 && (
          <Suspense fallback={null}>
            <BranchLanes scale={scale} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

/** What the run cost up to the moment shown: beside the views. */
function CostButton() {
  const isShown = useDock(({ dock }) => dock === 'cost');
  const toggle = (): void => void import('../../store/run-cost.ts').then(({ toggleCost }) => toggleCost());
  return (
    <Button look="quiet" className="tl-legend-button" pressed={isShown} onClick={toggle}>
      Cost
    </Button>
  );
}

/** The step under the pointer, in words; at a fixed place, so that nothing moves or is covered. */
function PointedStep({ index }: { readonly index: number | null }) {
  const opened = useWorkbench((state) => state.opened);
  const record = useWorkbench(({ records }) => (index === null ? undefined : records[index]));
  if (record === undefined) return <p className="tl-pointed" />;
  return <p className="tl-pointed">{`${String(record.index + 1)} ${stepInWords({ opened }, record)}`}</p>;
}

function Lanes() {
  const actors = useWorkbench((state) => state.opened?.actors);
  return (
    <ul className="tl-lanes" aria-label="Lanes">
      {actors?.map((actor) => (
        <li key={actor.id} className="actor-name" data-cpu={actor.cpu} style={{ height: LANE_PX }}>
          {shortActorName(actor)}
        </li>
      ))}
    </ul>
  );
}
