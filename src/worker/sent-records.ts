import type { Moment, StepRecord } from './moment-messages.ts';

/** The worker's note of what it sent: each record has a number, in the order of sending, from 0 when a run is opened. */
export type SentRecords = Map<StepRecord, number>;

type Told = Pick<Moment, 'keep' | 'records' | 'numbers'>;

/**
 * How the page is told of the records from `keep` on: those that it never had as they are, all of them by their numbers.
 * So a branch of 10^5 steps that is shown again costs a number a step.
 */
export function tellRecords(sent: SentRecords, all: readonly StepRecord[], keep: number): Told {
  const records: StepRecord[] = [];
  const numbers = new Int32Array(all.length - keep);
  for (let i = keep; i < all.length; i++) {
    const record = all[i];
    if (record === undefined) continue;
    const known = sent.get(record);
    if (known === undefined) {
      sent.set(record, sent.size);
      records.push(record);
    }
    numbers[i - keep] = known ?? sent.size - 1;
  }
  return { keep, records, numbers };
}

/** What the page has: the records of the run shown, and all that it was ever sent, by number. */
export interface HadRecords {
  readonly records: readonly StepRecord[];
  readonly arrived: StepRecord[];
}

/** The same after a moment: `records` is the same object when nothing changed, `arrived` grows in place. */
export function hearRecords(
  { records: before, arrived }: HadRecords,
  { keep, records, numbers }: Told,
): HadRecords {
  for (const record of records) arrived.push(record);
  if (numbers.length === 0 && keep === before.length) return { records: before, arrived };
  const tail = Array.from(numbers, (number) => arrived[number]).filter((record) => record !== undefined);
  return { records: before.slice(0, keep).concat(tail), arrived };
}
