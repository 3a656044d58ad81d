import { describe, expect, it } from 'vitest';
import type { PropertyId } from '../properties/properties.ts';
import type { StepRecord } from './moment-messages.ts';
import { breakingSteps, gatherBreaking } from './breaking.ts';

function record(index: number, ...properties: PropertyId[]): StepRecord {
  const violations = properties.map((property) => ({
    property,
    why: '',
    frames: [],
    object: null,
    waits: null,
  }));
  return { index, actor: 0, move: 0, tag: '', label: '', line: 0, frames: [], violations, moments: [] };
}

describe('steps that break a property', () => {
  const records = [
    record(0),
    record(1, 'no-lost-dirty'),
    record(2, 'no-lost-dirty'),
    record(3, 'no-lost-dirty', 'counts'),
    record(4),
    record(5, 'counts'),
  ];

  it('are those where it begins to be broken', () => {
    expect(breakingSteps(records, 0, 6).map(({ index }) => index)).toEqual([1, 3, 5]);
    const { add, read } = gatherBreaking();
    for (const step of records) add(step);
    expect(read()).toEqual(breakingSteps(records, 0, 6));
  });

  it('are looked for in a part of the run', () => {
    expect(breakingSteps(records, 2, 5).map(({ index }) => index)).toEqual([3]);
  });
});
