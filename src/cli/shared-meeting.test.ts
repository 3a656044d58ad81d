import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstErrorOf, leavesOutSpin } from './spin.ts';

const protocol = readFileSync(new URL('../explorer/shared-meeting.pml', import.meta.url), 'utf8');

describe.skipIf(leavesOutSpin())('SPIN, on the meetings of a shared search', () => {
  it.each([
    ['two workers', ['WORKERS=2']],
    ['three workers', ['WORKERS=3']],
    ['two workers that may die', ['WORKERS=2', 'DIES']],
  ])('finds that %s expand each block once and never wait for ever', { timeout: 120_000 }, (_, defines) => {
    expect(firstErrorOf(protocol, defines)).toBeNull();
  });

  it('finds the race that was there, where who is let in begins before the meeting is over', () => {
    expect(firstErrorOf(protocol, ['WORKERS=2', 'LETS_IN_EARLY'])).toContain('assertion violated');
  });
});
