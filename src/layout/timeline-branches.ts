import { columnX, type TimelineScale } from './timeline.ts';

/** A branch as the timeline draws it. */
export interface BranchLane {
  readonly id: number;
  /** -1 for the first. */
  readonly parent: number;
  readonly from: number;
  readonly length: number;
  /** Steps to mark. */
  readonly bad: readonly number[];
}

export interface BranchPath {
  readonly id: number;
  /** From the parent's lane down to its own, and on to its end. */
  readonly line: string;
  /** A tick for each step to mark; empty for none. */
  readonly marks: string;
}

export interface BranchPathsArgs {
  /** Parents before children: the order of the lanes from the top. */
  readonly lanes: readonly BranchLane[];
  readonly scale: TimelineScale;
  readonly lanePx: number;
}

/** One line for each branch, in a lane of its own; where it forks it leaves the lane of its parent. */
export function branchPaths({ lanes, scale, lanePx }: BranchPathsArgs): readonly BranchPath[] {
  const middle = (lane: number): number => (lane + 0.5) * lanePx;
  return lanes.map(({ id, parent, from, length, bad }, lane) => {
    const above = lanes.findIndex((other) => other.id === parent);
    const start = above < 0 ? middle(lane) : middle(above);
    const ticks = bad.map((step) => columnX(scale, step) + scale.columnPx / 2);
    return {
      id,
      line: `M${px(columnX(scale, from))} ${px(start)}V${px(middle(lane))}H${px(columnX(scale, length))}`,
      marks: ticks.map((x) => `M${px(x - 4)} ${px(middle(lane) - 5)}h8l-4 8z`).join(''),
    };
  });
}

const px = (value: number): string => String(Math.round(value * 100) / 100);
