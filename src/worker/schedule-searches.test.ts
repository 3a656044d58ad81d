import { describe, expect, it } from 'vitest';
import { findSchedules, type ScheduleSearches } from './schedule-searches.ts';

interface Script {
  readonly fewest?: readonly [string, number][] | null;
  readonly stopped?: boolean;
}

/** Searches that find what they are told to, and note that they were asked. */
function scripted({ fewest = null, stopped = false }: Script = {}) {
  const asked: string[] = [];
  const searches: ScheduleSearches<number> = {
    fewest: () => {
      asked.push('fewest');
      return Promise.resolve(fewest && new Map(fewest));
    },
    again: () => {
      asked.push('again');
      return Promise.resolve({ schedules: new Map([['a', 7]]), states: 90, depth: 5 });
    },
    isStopped: () => stopped,
  };
  return { asked, searches };
}

describe('searches for the schedules that were asked for', () => {
  it('are not made where nothing fails, or where the search itself gave what was wanted', async () => {
    const { asked, searches } = scripted();
    await findSchedules([], { shortest: 'switches', reduce: true }, searches);
    const found = await findSchedules(['a'], { shortest: 'steps', reduce: false }, searches);
    expect(asked).toEqual([]);
    expect(found).toEqual({ schedules: new Map(), taken: {}, left: {}, again: null });
  });

  it('end with the fewest switches where those are found', async () => {
    const { asked, searches } = scripted({ fewest: [['a', 3]] });
    const found = await findSchedules(['a'], { shortest: 'switches', reduce: true }, searches);
    expect(asked).toEqual(['fewest']);
    expect(found).toEqual({ schedules: new Map([['a', 3]]), taken: {}, left: {}, again: null });
  });

  it('else look for the shortest after reductions, which then may not have the fewest switches', async () => {
    const { asked, searches } = scripted();
    const found = await findSchedules(['a', 'b'], { shortest: 'switches', reduce: true }, searches);
    expect(asked).toEqual(['fewest', 'again']);
    expect(found).toEqual({
      schedules: new Map([['a', 7]]),
      taken: { notFewest: true },
      left: { notFewest: true, notShortest: true },
      again: { states: 90, depth: 5 },
    });
  });

  it('are not made once the user wants no more, and what stays says so', async () => {
    const { asked, searches } = scripted({ stopped: true });
    const found = await findSchedules(['a'], { shortest: 'switches', reduce: true }, searches);
    expect(asked).toEqual([]);
    expect(found.left).toEqual({ notFewest: true, notShortest: true });
  });
});
