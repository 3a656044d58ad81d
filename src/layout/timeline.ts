/** Where steps are drawn: x from 0, the left end of the columns; all lengths in px. */
export interface TimelineScale {
  /** Columns that fit; grows by doubling, so that marks stay where they are while a run gets longer. */
  readonly capacity: number;
  readonly columnPx: number;
  readonly widthPx: number;
}

const COMFORTABLE_COLUMN_PX = 7;
const SMALLEST_CAPACITY = 40;

/** How many columns there are for `length` steps in `widthPx`. */
export function timelineCapacity(length: number, widthPx: number): number {
  let capacity = Math.max(SMALLEST_CAPACITY, Math.floor(Math.max(1, widthPx) / COMFORTABLE_COLUMN_PX));
  while (capacity < length) capacity *= 2;
  return capacity;
}

/** The scale of so many columns. */
export function scaleOf(capacity: number, widthPx: number): TimelineScale {
  const width = Math.max(1, widthPx);
  return { capacity, columnPx: width / capacity, widthPx: width };
}

/** The left edge of a step's column, which is also where the moment before that step lies. */
export function columnX({ columnPx }: TimelineScale, index: number): number {
  return index * columnPx;
}

/** The step whose column is at `x`; null left of the first and right of the last of `length`. */
export function stepAt({ columnPx }: TimelineScale, x: number, length: number): number | null {
  const index = Math.floor(x / columnPx);
  return x < 0 || index >= length ? null : index;
}

/** The moment that a press at `x` means: after the step drawn there; the start left of all, the end right of all. */
export function momentAt({ columnPx }: TimelineScale, x: number, length: number): number {
  return x <= 0 ? 0 : Math.min(length, Math.floor(x / columnPx) + 1);
}

/** Round step numbers for the axis, at least `leastPx` apart, up to the capacity. */
export function ticks({ capacity, columnPx }: TimelineScale, leastPx: number): readonly number[] {
  const least = leastPx / columnPx;
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const every = [1, 2, 5, 10].map((factor) => factor * unit).find((step) => step >= least) ?? unit * 10;
  const step = Math.max(1, Math.round(every));
  return Array.from({ length: Math.floor(capacity / step) + 1 }, (_, i) => i * step);
}
