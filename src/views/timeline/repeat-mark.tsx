import { columnX, type TimelineScale } from '../../layout/timeline.ts';
import { followedSteps } from '../../store/followed.ts';
import type { EndlessRun } from '../../store/endless.ts';
import { useWorkbench } from '../../store/workbench.ts';

interface RepeatMarkProps {
  readonly shown: EndlessRun;
  readonly scale: TimelineScale;
  readonly heightPx: number;
}

/** A bracket over the steps that can repeat for ever, as long as the run on screen is theirs. The dock says it in words. */
export function RepeatMark({ shown, scale, heightPx }: RepeatMarkProps) {
  const source = useWorkbench((state) => state.opened?.source);
  const records = useWorkbench((state) => state.records);
  if (followedSteps(shown, source, records) !== shown.schedule.length) return null;
  const [from, to] = [columnX(scale, shown.cycleStart), columnX(scale, shown.schedule.length)];
  const [start, end, height] = [from, to, heightPx].map((px) => String(Math.round(px)));
  return (
    <g className="tl-repeat">
      <rect x={start} y={0} width={String(Math.round(to - from))} height={height} />
      <path d={`M${start ?? ''} ${height ?? ''}V1H${end ?? ''}V${height ?? ''}`} />
    </g>
  );
}
