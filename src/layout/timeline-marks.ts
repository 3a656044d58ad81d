import type { Gathering } from '../worker/gathering.ts';
import { columnX, type TimelineScale } from './timeline.ts';
import { MARK_KINDS, type MarkKind, markKind } from './timeline-kinds.ts';

/** What the timeline needs to know of a step. */
export interface TimelineStep {
  readonly index: number;
  /** Its lane: the number of its actor. */
  readonly actor: number;
  readonly tag: string;
}

export interface MarksArgs {
  readonly scale: TimelineScale;
  readonly lanePx: number;
}

/** One path (SVG) for all marks of a kind. */
export interface MarkPath {
  readonly kind: MarkKind;
  readonly path: string;
}

/** Below this width of a column, steps are drawn together, the one that matters most for all. */
const LEAST_COLUMN_PX = 3;
const LARGEST_MARK_PX = 9;

/** All marks of a run, a path for each kind that occurs: at most `widthPx / 3` marks a lane, however long it is. */
export function gatherMarks({ scale, lanePx }: MarksArgs): Gathering<TimelineStep, readonly MarkPath[]> {
  const perMark = Math.max(1, Math.ceil(LEAST_COLUMN_PX / scale.columnPx));
  const widthPx = Math.min(LARGEST_MARK_PX, scale.columnPx * perMark - 1);
  const marks = new Map<number, Mark>();
  const pathOf = ({ kind, index, lane }: Mark): string => {
    const centerX = columnX(scale, index) + (scale.columnPx * perMark) / 2;
    return shape(kind, { x: centerX, y: (lane + 0.5) * lanePx, w: widthPx, h: lanePx - 4 });
  };
  return {
    add(step) {
      addMark(marks, step, perMark);
    },
    read: () =>
      MARK_KINDS.flatMap((kind) => {
        const own = [...marks.values()].filter((mark) => mark.kind === kind);
        return own.length === 0 ? [] : [{ kind, path: own.map(pathOf).join('') }];
      }),
  };
}

interface Mark {
  readonly kind: MarkKind;
  /** First step of the columns drawn together. */
  readonly index: number;
  readonly lane: number;
}

/** Of `perMark` columns in a lane the step that matters most is drawn. */
function addMark(marks: Map<number, Mark>, { index, actor, tag }: TimelineStep, perMark: number): void {
  const first = index - (index % perMark);
  const key = first * 64 + actor;
  const kind = markKind(tag);
  const known = marks.get(key);
  if (known === undefined || matters(kind) > matters(known.kind))
    marks.set(key, { kind, index: first, lane: actor });
}

const order = new Map(MARK_KINDS.map((kind, i) => [kind, i]));
const matters = (kind: MarkKind): number => order.get(kind) ?? 0;

interface Box {
  /** Centre. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const n = (value: number): string => String(Math.round(value * 100) / 100);

function rectangle({ x, y, w, h }: Box): string {
  return `M${n(x - w / 2)} ${n(y - h / 2)}h${n(w)}v${n(h)}h${n(-w)}z`;
}

function polygon(...points: readonly (readonly [x: number, y: number])[]): string {
  return `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}z`;
}

/** The outline of one mark, to be filled. Shapes differ, so that colour is not needed to tell them apart. */
export function shape(kind: MarkKind, box: Box): string {
  const { x, y, w, h } = box;
  const square = { ...box, h: Math.min(w, h) };
  const [r, t] = [w / 2, Math.min(w, h) / 2];
  const thin = Math.max(1, w * 0.3);
  switch (kind) {
    case 'read':
      return rectangle({ x, y, w: Math.min(w, 2), h: h * 0.4 });
    case 'data':
      return rectangle({ x, y: y + h / 4, w, h: h / 2 });
    case 'lock':
      return polygon([x - r, y + t], [x + r, y + t], [x, y - t]);
    case 'unlock':
      return polygon([x - r, y - t], [x + r, y - t], [x, y + t]);
    case 'note':
      return rectangle({ ...square, w: w * 0.6, h: w * 0.6 });
    case 'sleep':
      return rectangle({ x, y: y + h / 2 - 1, w, h: 2 });
    case 'allocate':
      return rectangle({ ...square, h: thin }) + rectangle({ ...square, w: thin });
    case 'copy':
      return rectangle({ x, y, w: thin, h }) + rectangle({ x, y: y + h / 2 - 1, w, h: 2 });
    case 'write':
      return rectangle({ ...box, w: w * 0.7, h: h * 0.8 });
    case 'ipi':
      return polygon([x - r, y], [x, y - t - 1], [x + r, y], [x, y + t + 1]);
    case 'flush':
      return polygon(
        [x - r, y - h / 2],
        [x + r, y - h / 2],
        [x + r, y - h / 2 + 2],
        [x, y + h / 2],
        [x - r, y - h / 2 + 2],
      );
    case 'swing':
      return rectangle({ ...box, h: h + 2 });
    case 'free':
      return cross(box);
  }
}

function cross({ x, y, w, h }: Box): string {
  const [r, t] = [w / 2, Math.min(w + 2, h) / 2];
  const d = Math.max(0.8, w * 0.18);
  return (
    polygon([x - r - d, y - t], [x - r + d, y - t], [x + r + d, y + t], [x + r - d, y + t]) +
    polygon([x + r - d, y - t], [x + r + d, y - t], [x - r + d, y + t], [x - r - d, y + t])
  );
}
