import { describe, expect, it } from 'vitest';
import { bytesInWords, type StoppedSearch, stoppedInWords } from './stopped-words.ts';

const search: StoppedSearch = {
  ending: 'memory',
  bounds: { maxStates: 1e9, maxBytes: 2e9 },
  ...{ states: 61e6, depth: 49, isReduced: false, failed: false },
};

describe('a search that was stopped', () => {
  it('names its bound, what it visited, and the depth up to which everything was expanded', () => {
    expect(stoppedInWords(search)).toBe('stopped at 2 GB: no violation among 61 M states, depth 48 complete');
    expect(stoppedInWords({ ...search, ending: 'states', bounds: { maxStates: 1e5, maxBytes: 1 } })).toMatch(
      /^stopped at 100,000 states: /,
    );
    expect(stoppedInWords({ ...search, ending: 'user', states: 1_240_000 })).toMatch(
      /^stopped by you: no violation among 1.2 M /,
    );
  });

  it('does not say that nothing was violated where something was', () => {
    expect(stoppedInWords({ ...search, failed: true })).toMatch(
      /: no violation of another property among 61 M states, /,
    );
  });

  it('says of no depth that it is complete before the first one is, and none with reductions', () => {
    expect(stoppedInWords({ ...search, depth: 0 })).toMatch(/no depth complete$/);
    expect(stoppedInWords({ ...search, isReduced: true })).not.toContain('48');
  });
});

it('gives bytes in MB, from 10^9 on in GB', () => {
  expect([1_500_000, 128e6, 999e6, 1e9, 2.5e9].map(bytesInWords)).toEqual([
    '1.5 MB',
    '128 MB',
    '999 MB',
    '1 GB',
    '2.5 GB',
  ]);
});
