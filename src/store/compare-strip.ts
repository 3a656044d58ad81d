import { breaks, type Row, sameRow } from './compare-rows.ts';

/** The most telling thing about some steps of one side; `none` where the side has no such steps. */
export type StripKind = 'breaks' | 'left-out' | 'differs' | 'same' | 'none';

/** Some consecutive steps of both sides, told together. */
export interface StripCell {
  /** Number of the first of its steps, and of the step after its last. */
  readonly from: number;
  readonly to: number;
  readonly kinds: readonly [StripKind, StripKind];
}

/** A step of one side, and the step beside it. */
type Beside = readonly [own: Row | undefined, other: Row | undefined];

const MOST_TELLING: readonly StripKind[] = ['breaks', 'left-out', 'differs', 'same', 'none'];

/** Both schedules from end to end in at most `most` cells: each says the most telling of its steps. */
export function stripCells(left: readonly Row[], right: readonly Row[], most: number): readonly StripCell[] {
  const length = Math.max(left.length, right.length);
  const size = Math.max(1, Math.ceil(length / most));
  const cells: StripCell[] = [];
  for (let from = 0; from < length; from += size) {
    const to = Math.min(length, from + size);
    const steps = Array.from({ length: to - from }, (_, i) => [left[from + i], right[from + i]] as const);
    cells.push({
      from,
      to,
      kinds: [worst(steps), worst(steps.map(([own, other]) => [other, own] as const))],
    });
  }
  return cells;
}

function worst(steps: readonly Beside[]): StripKind {
  const kinds = new Set(steps.map(([own, other]) => kindOf(own, other)));
  return MOST_TELLING.find((kind) => kinds.has(kind)) ?? 'none';
}

function kindOf(row: Row | undefined, other: Row | undefined): StripKind {
  if (row === undefined) return 'none';
  if (breaks(row)) return 'breaks';
  if (row.kind === 'skipped') return 'left-out';
  return sameRow(row, other) ? 'same' : 'differs';
}

/** The moment after the first step that breaks a property on either side; null for none. */
export function firstBreach(left: readonly Row[], right: readonly Row[]): number | null {
  const isBreach = (row: Row | undefined): boolean => row !== undefined && breaks(row);
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index++)
    if (isBreach(left[index]) || isBreach(right[index])) return index + 1;
  return null;
}
