import { describe, expect, it } from 'vitest';
import { runShare } from './testing/random-runs.ts';

/** Schedules in all; LIMBO_SCHEDULES=2000 for a quick look. */
const SCHEDULES = Number(process.env['LIMBO_SCHEDULES'] ?? '100000');

/** A file of its own, so that it runs beside the first half. */
describe('random schedules', () => {
  it(
    'keep what must stay true of the machine, in every scenario and version: second half',
    { timeout: 600_000 },
    () => {
      const { failure, runs } = runShare(SCHEDULES, 1, 2);
      expect(failure).toBeNull();
      expect(runs).toBeGreaterThan(0);
    },
  );
});
