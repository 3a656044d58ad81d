import { expect, it } from 'vitest';
import type { StepRecord } from './moment-messages.ts';
import { hearRecords, type HadRecords, type SentRecords, tellRecords } from './sent-records.ts';

const record = (label: string): StepRecord => ({
  index: 0,
  actor: 0,
  move: 0,
  tag: '',
  label,
  line: 0,
  frames: [],
  violations: [],
  moments: [],
});

it('a record is sent once, however often its branch is shown again', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(record);
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('four');
  const sent: SentRecords = new Map();
  let had: HadRecords = { records: [], arrived: [] };
  const show = (all: readonly StepRecord[], keep: number): number => {
    const told = tellRecords(sent, all, keep);
    had = hearRecords(had, structuredClone(told));
    expect(had.records).toEqual(all);
    return told.records.length;
  };
  expect(show([a, b, c], 0)).toBe(3);
  expect(show([a, d], 1)).toBe(1);
  expect(show([a, b, c], 1)).toBe(0);
  expect(show([a], 1)).toBe(0);
  expect(show([a, d], 1)).toBe(0);
});

it('nothing new leaves the lists as they are', () => {
  // Whoever asks may have more in the same object, of the moment before.
  const had = { records: [record('a')], arrived: [record('a')], cursor: 7 };
  const after = hearRecords(had, { keep: 1, records: [], numbers: new Int32Array(0) });
  expect(after.records).toBe(had.records);
  expect(Object.keys(after)).toEqual(['records', 'arrived']);
});
