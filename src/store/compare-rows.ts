import type { Schedule, SkippedStep, StepRecord } from '../worker/protocol.ts';

/** What became of one step of a schedule on one side. */
export type Row =
  | { readonly kind: 'taken'; readonly record: StepRecord }
  /** It could not be taken there, and why. */
  | { readonly kind: 'skipped'; readonly actor: number; readonly why: string };

/** A run, step by step of the schedule that it was to follow. */
export interface Aligned {
  readonly rows: readonly Row[];
  readonly records: readonly StepRecord[];
  /** `moments[i]`: steps really taken among the first i of the schedule; one more than there are rows. */
  readonly moments: readonly number[];
}

/** Puts the steps taken and those left out back into the order of the schedule. */
export function alignedSide(
  schedule: Schedule,
  skipped: readonly SkippedStep[],
  records: readonly StepRecord[],
): Aligned {
  const left = new Map(skipped.map((step) => [step.index, step]));
  const rows: Row[] = [];
  const moments = [0];
  let taken = 0;
  for (let index = 0; index < schedule.length; index++) {
    const skip = left.get(index);
    const record = records[taken];
    if (skip !== undefined) rows.push({ kind: 'skipped', actor: skip.actor, why: skip.why });
    else if (record !== undefined) {
      rows.push({ kind: 'taken', record });
      taken += 1;
    }
    moments.push(taken);
  }
  return { rows, records, moments };
}

/** The moment of a side after `index` steps of the schedules; its end where the other one is longer. */
export function momentOfSide({ moments }: Pick<Aligned, 'moments'>, index: number): number {
  return moments[Math.min(index, moments.length - 1)] ?? 0;
}

/** The first step that is not the same on both sides: another actor, other words, or not possible on one. -1 for none. */
export function firstDifference(a: Pick<Aligned, 'rows'>, b: Pick<Aligned, 'rows'>): number {
  const length = Math.max(a.rows.length, b.rows.length);
  for (let index = 0; index < length; index++) if (!sameRow(a.rows[index], b.rows[index])) return index;
  return -1;
}

/** Whether the same actor did the same on both sides, or could move on neither. */
export function sameRow(a: Row | undefined, b: Row | undefined): boolean {
  return rowText(a) === rowText(b);
}

function rowText(row: Row | undefined): string {
  if (row === undefined) return 'none';
  return row.kind === 'taken'
    ? `${String(row.record.actor)} ${row.record.label}`
    : `skipped ${String(row.actor)}`;
}
