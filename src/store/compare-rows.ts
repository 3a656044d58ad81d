import type { StepRecord } from '../worker/moment-messages.ts';
import type { Schedule, ScheduleNotes } from '../worker/protocol.ts';

/** What became of one step of a schedule on one side, and the steps put in before it so that CPUs answer its IPIs. */
export type Row = (
  | { readonly kind: 'taken'; readonly record: StepRecord }
  /** It could not be taken there, and why. */
  | { readonly kind: 'skipped'; readonly actor: number; readonly why: string }
) & { readonly answers: readonly StepRecord[] };

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
  { skipped, answered }: ScheduleNotes,
  records: readonly StepRecord[],
): Aligned {
  const left = new Map(skipped.map((step) => [step.index, step]));
  const answersTo = new Map(answered.map(({ index, steps }) => [index, steps]));
  const rows: Row[] = [];
  const moments = [0];
  let taken = 0;
  for (let index = 0; index < schedule.length; index++) {
    const answers = records.slice(taken, taken + (answersTo.get(index) ?? 0));
    taken += answers.length;
    const skip = left.get(index);
    const record = records[taken];
    if (skip !== undefined) rows.push({ kind: 'skipped', actor: skip.actor, why: skip.why, answers });
    else if (record !== undefined) {
      rows.push({ kind: 'taken', record, answers });
      taken += 1;
    }
    moments.push(taken);
  }
  return { rows, records, moments };
}

/** Whether a step, or an answer that it waited for, breaks a property there. */
export function breaks(row: Row): boolean {
  const own = row.kind === 'taken' ? [row.record] : [];
  return [...row.answers, ...own].some(({ violations }) => violations.length > 0);
}

/** The moment of a side after `index` steps of the schedules; its end where the other one is longer. */
export function momentOfSide({ moments }: Pick<Aligned, 'moments'>, index: number): number {
  return moments[Math.min(index, moments.length - 1)] ?? 0;
}

/**
 * The moments after the steps at which both sides begin to differ, in order: steps that differ one after the other are one
 * difference.
 */
export function differenceMoments(a: Pick<Aligned, 'rows'>, b: Pick<Aligned, 'rows'>): readonly number[] {
  const length = Math.max(a.rows.length, b.rows.length);
  const differs = Array.from({ length }, (_, row) => !sameRow(a.rows[row], b.rows[row]));
  return differs.flatMap((is, row) => (is && differs[row - 1] !== true ? [row + 1] : []));
}

/** The first of some moments in order that is later than `from`, or (-1) the last that is earlier; null where there is none. */
export function nearestMoment(moments: readonly number[], from: number, by: 1 | -1): number | null {
  const found =
    by === 1 ? moments.find((moment) => moment > from) : moments.findLast((moment) => moment < from);
  return found ?? null;
}

/** How far a way from one moment to another leads where it is to stop at moment `stop`; one that begins there passes on. */
export function stoppedAt({ from, to, stop }: { from: number; to: number; stop: number | null }): number {
  const isOnTheWay = stop !== null && Math.min(from, to) <= stop && stop <= Math.max(from, to);
  return isOnTheWay && stop !== from ? stop : to;
}

/** Whether the same actor did the same on both sides, or could move on neither. */
export function sameRow(a: Row | undefined, b: Row | undefined): boolean {
  return rowText(a) === rowText(b);
}

function rowText(row: Row | undefined): string {
  if (row === undefined) return 'none';
  const answers = row.answers.map(({ actor, label }) => `${String(actor)} ${label}, `).join('');
  return row.kind === 'taken'
    ? `${answers}${String(row.record.actor)} ${row.record.label}`
    : `${answers}skipped ${String(row.actor)}`;
}
