import { breaksAnew } from './breaking.ts';
import type { StepRecord } from './moment-messages.ts';

/** What one may want to go to, by kind. */
export const EVENT_KINDS = [
  'violation',
  'moment',
  'swing',
  'ipi',
  'flush',
  'lock',
  'fault',
  'write',
  'free',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** In words, after "the next". */
export const EVENT_WORDS: Readonly<Record<EventKind, string>> = {
  violation: 'violation of a property',
  moment: 'notable moment',
  swing: 'swing to a copy',
  ipi: 'IPI',
  flush: 'flush or CR3 load',
  lock: 'lock or unlock',
  fault: 'page fault',
  write: 'change of an entry',
  free: 'freed frame',
};

const TAGS: Readonly<Record<Exclude<EventKind, 'violation' | 'moment' | 'fault'>, readonly string[]>> = {
  swing: ['swing'],
  ipi: ['ipi-send', 'ipi-take', 'ipi-ack'],
  flush: ['flush', 'switch'],
  lock: ['lock', 'unlock', 'enter', 'leave'],
  write: ['write', 'merge', 'set-a', 'set-d', 'copy'],
  free: ['free'],
};

/** Whether step `index` is an event of that kind. A fault begins where its thread enters the kernel for one. */
export function isEvent(kind: EventKind, records: readonly StepRecord[], index: number): boolean {
  const record = records[index];
  if (record === undefined) return false;
  switch (kind) {
    case 'violation':
      return breaksAnew(records, index);
    case 'moment':
      return record.moments.length > 0;
    case 'fault':
      return record.label.startsWith('enter the kernel, down_read');
    default:
      return TAGS[kind].includes(record.tag);
  }
}

/** The moment just after the nearest such event, after `cursor` for `by` 1, before it for -1; null where none is recorded. */
export function eventFrom(
  kind: EventKind,
  records: readonly StepRecord[],
  { cursor, by }: { cursor: number; by: 1 | -1 },
): number | null {
  for (let moment = cursor + by; moment > 0 && moment <= records.length; moment += by)
    if (isEvent(kind, records, moment - 1)) return moment;
  return null;
}
