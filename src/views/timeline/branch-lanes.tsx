import { useMemo } from 'react';
import { columnX, momentAt, type TimelineScale } from '../../layout/timeline.ts';
import { type BranchLane, branchPaths } from '../../layout/timeline-branches.ts';
import { shownPath } from '../../store/branches.ts';
import { switchBranch, useWorkbench } from '../../store/workbench.ts';
import { breakingSteps } from '../../worker/breaking.ts';
import { BranchName } from './branch-name.tsx';
import { GUTTER_PX } from './timeline-plot.tsx';
import './branch-lanes.css';

/** As in branch-lanes.css. */
const LANE_PX = 24;

/** The futures of the run, a lane each, under the same cursor; a press shows that branch at that moment. */
export function BranchLanes({ scale }: { readonly scale: TimelineScale }) {
  const branches = useWorkbench((state) => state.branches);
  return (
    <>
      <ul className="tl-branches" aria-label="Branches">
        {branches.map((branch) => (
          <BranchName key={branch.id} branch={branch} />
        ))}
      </ul>
      <BranchPlot scale={scale} />
    </>
  );
}

/** Of the branch that is shown the records are newer than what is known of it from before. */
function useLanes(): readonly BranchLane[] {
  const branches = useWorkbench((state) => state.branches);
  const shown = useWorkbench((state) => state.branch);
  const records = useWorkbench((state) => state.records);
  return useMemo(
    () =>
      branches.map((branch) => {
        if (branch.id !== shown) return branch;
        const bad = breakingSteps(records, branch.from, records.length).map(({ index }) => index);
        return { ...branch, length: records.length, bad: bad.slice(0, 20) };
      }),
    [branches, shown, records],
  );
}

function BranchPlot({ scale }: { readonly scale: TimelineScale }) {
  const lanes = useLanes();
  const shown = useWorkbench((state) => state.branch);
  const cursor = useWorkbench((state) => state.cursor);
  const paths = useMemo(() => branchPaths({ lanes, scale, lanePx: LANE_PX }), [lanes, scale]);
  const heightPx = lanes.length * LANE_PX;
  const x = columnX(scale, cursor);
  // Whatever it does is done by the buttons at its left and the slider above it as well.
  return (
    <svg
      className="tl-branch-plot"
      width={scale.widthPx}
      height={heightPx}
      aria-hidden="true"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const lane = lanes[Math.floor((event.clientY - box.top) / LANE_PX)];
        if (lane === undefined) return;
        void switchBranch(lane.id, momentAt(scale, event.clientX - box.left - GUTTER_PX, lane.length));
      }}
    >
      <g transform={`translate(${String(GUTTER_PX)} 0)`}>
        {paths.map(({ id, line, marks }) => (
          <g key={id} className={id === shown ? 'tl-branch is-shown' : 'tl-branch'}>
            <path className="tl-branch-line" d={line} />
            {marks !== '' && <path className="tl-violation" d={marks} />}
          </g>
        ))}
        <ShownWay scale={scale} />
        <path className="tl-cursor" d={`M${String(x)} 0v${String(heightPx)}`} />
      </g>
    </svg>
  );
}

/** The way through the branches to the one shown, thicker. */
function ShownWay({ scale }: { readonly scale: TimelineScale }) {
  const branches = useWorkbench((state) => state.branches);
  const shown = useWorkbench((state) => state.branch);
  const length = useWorkbench((state) => state.length);
  const way = useMemo(() => {
    const path = shownPath({ branches, branch: shown });
    return path.map((branch, i) => {
      const lane = branches.indexOf(branch);
      const down = i === 0 ? '' : `V${String((lane + 0.5) * LANE_PX)}`;
      const start = i === 0 ? `M0 ${String((lane + 0.5) * LANE_PX)}` : '';
      return `${start}${down}H${String(columnX(scale, path[i + 1]?.from ?? length))}`;
    });
  }, [branches, shown, length, scale]);
  return <path className="tl-branch-way" d={way.join('')} />;
}
