import { expect, it } from 'vitest';
import type { Outcome } from '../../worker/search-protocol.ts';
import { extent, megabytes, progressInWords, missedChance, rate, workersInWords } from './words.ts';

const bounds = { maxStates: 1e6, maxBytes: 128 << 20 };
const figures = { states: 61_000, transitions: 9, depth: 48, frontier: 5, bytes: 1, seconds: 2 };
const outcome: Outcome = {
  kind: 'outcome',
  subject: { scenario: 'tree', version: '2008-05-09', overrides: {} },
  bounds,
  ending: 'all',
  figures,
  verdicts: [],
  world: { title: '', cpus: 2, threads: 2, tables: 4, vas: 1, speculation: false, actors: [] },
  workers: 1,
};

it('calls a search exhaustive only when nothing was left, and else names the bound', () => {
  expect(extent(outcome)).toMatch(/^exhaustive: all 61,000 /);
  expect(extent({ ...outcome, ending: 'states' })).toMatch(
    /^not exhaustive: stopped at the bound of 1,000,000 states.*up to 48 steps was tried$/,
  );
  expect(extent({ ...outcome, ending: 'memory' })).toContain('the bound of 128 MB');
  expect(extent({ ...outcome, ending: 'user' })).toContain('not exhaustive: stopped by you');
});

it('gives figures with their units, and the chance of a missed state as n²/2^65', () => {
  expect(rate(figures)).toBe('30,500 states/s');
  expect(megabytes(3 << 19)).toBe('1.5 MB');
  expect(missedChance(2 ** 32)).toBe('5.0e-1');
});

it('says whether every run ends, and what stood in the way of a verdict', () => {
  const said = (verdict: Partial<Outcome['verdicts'][number]>): string =>
    progressInWords({
      ...outcome,
      verdicts: [{ property: 'progress', verdict: 'holds', schedule: null, ...verdict }],
    });
  expect(progressInWords(outcome)).toContain('Not judged');
  expect(said({})).toMatch(/callbacks ends\.$/);
  expect(said({ excused: true })).toMatch(/out of memory again and again not counted\.$/);
  expect(said({ verdict: 'not checked', why: 'user' })).toBe('Progress was not judged: stopped by you.');
  expect(said({ verdict: 'not checked', why: 'states' })).toContain('5,000,000');
  const schedule = Array.from({ length: 7 }, () => [0, 0] as const);
  expect(said({ verdict: 'fails', schedule, cycleStart: 4 })).toContain('after 4 steps the last 3 of');
});

it('says how many workers search, and why there is only one', () => {
  const two = { workers: 2, why: '' };
  expect(workersInWords(two, 2, 1e6)).toBe('Workers: 2, together in shared memory.');
  expect(workersInWords(two, 1, 5)).toContain('beyond 200,000 states 2 begin again');
  expect(workersInWords(two, 1, 1e6)).toContain('could not be reserved');
  expect(workersInWords({ workers: 1, why: 'it rains' }, 1, 5)).toBe('Workers: 1, since it rains.');
});
