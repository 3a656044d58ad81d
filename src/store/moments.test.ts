import { describe, expect, it } from 'vitest';
import { isLeap } from './moments.ts';

describe('a leap', () => {
  it('is a way through a long run that nobody could follow, in either direction', () => {
    const far = { cursor: 20_000, length: 56_036 };
    expect(isLeap(0, far)).toBe(true);
    expect(isLeap(50_000, far)).toBe(true);
    expect(isLeap(19_990, far)).toBe(false);
  });

  it('does not occur in a short run: what changes moves from where it was', () => {
    expect(isLeap(0, { cursor: 137, length: 137 })).toBe(false);
  });
});
