import { describe, expect, it } from 'vitest';
import { flagRuns } from './flag-runs.ts';

const flags = (text: string) =>
  text.split('').map((letter) => ({
    letter: letter.toUpperCase(),
    on: letter === letter.toUpperCase(),
    differs: false,
  }));

describe('the flags of an entry', () => {
  it('are put together where those beside each other are set alike', () => {
    expect(flagRuns(flags('PWAd'))).toEqual([
      { on: true, first: 0, letters: 'PWA' },
      { on: false, first: 3, letters: 'D' },
    ]);
    expect(flagRuns(flags('HpWaD')).map(({ letters }) => letters)).toEqual(['H', 'P', 'W', 'A', 'D']);
  });

  it('are all there once, each in its place', () => {
    for (const text of ['', 'p', 'PWAD', 'pwad', 'PwAd', 'hPWad']) {
      const spread = flagRuns(flags(text)).flatMap(({ on, first, letters }) =>
        letters.split('').map((letter, i) => ({ letter, on, place: first + i })),
      );
      expect(spread).toEqual(flags(text).map(({ letter, on }, place) => ({ letter, on, place })));
    }
  });
});
