import { runInThisContext } from 'node:vm';
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
      const { failure, runs } = runShare({ schedules: SCHEDULES, share: 1, of: 2 }, runInThisContext);
      expect(failure).toBeNull();
      expect(runs).toBeGreaterThan(0);
    },
  );
});
