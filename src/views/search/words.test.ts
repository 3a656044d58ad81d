import { describe, expect, it } from 'vitest';
import type { Outcome, PropertyVerdict } from '../../worker/search-protocol.ts';
import {
  chanceInWords,
  extent,
  lackInWords,
  progressInWords,
  rate,
  reducedInWords,
  switchesInWords,
  workersInWords,
} from './words.ts';

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
  reduced: { alone: null, symmetry: { twins: [], refused: [], images: 1 } },
  shortest: 'steps',
  again: null,
};

it('calls a search exhaustive only when nothing was left, and else names the bound', () => {
  expect(extent(outcome)).toMatch(/^exhaustive: all 61,000 /);
  expect(extent({ ...outcome, ending: 'states' })).toBe(
    'stopped at 1 M states: no violation among 61,000 states, depth 47 complete',
  );
  const failing = {
    ...outcome,
    verdicts: [{ property: 'no-leak', verdict: 'fails', schedule: [] }],
  } as const;
  expect(extent({ ...failing, ending: 'user' })).toMatch(/^stopped by you: no violation of another property/);
});

it('gives figures with their units, and the chance of a missed state as n²/2^65', () => {
  expect(rate(figures)).toBe('30,500 states/s');
  const many = { ...outcome, figures: { ...figures, states: 2 ** 32 } };
  expect(chanceInWords(many)).toContain('below 5.0e-1 ');
  const least = { alone: null, symmetry: { twins: [], refused: [], images: 2 } };
  expect(chanceInWords({ ...many, reduced: least })).toContain('below 6.7e-1 ');
});

describe('a search with reductions', () => {
  const reduced: Outcome['reduced'] = {
    alone: { alone: 7, steps: 40 },
    symmetry: { twins: [['CPU1', 'CPU2']], refused: [{ names: ['CPU0', 'CPU3'], why: 'x' }], images: 2 },
  };
  const broken: PropertyVerdict = {
    ...{ property: 'no-leak', verdict: 'fails' },
    schedule: [[0, 0] as const, [0, 0] as const, [1, 0] as const],
  };

  it('says neither that all states were visited nor that all short schedules were tried', () => {
    expect(extent({ ...outcome, reduced })).toMatch(/^exhaustive, with reductions/);
    expect(extent({ ...outcome, reduced })).not.toContain('all 61,000');
    expect(extent({ ...outcome, reduced, ending: 'states' })).not.toMatch(/4[78]/);
  });

  it('says what each reduction did, or why not; an ordinary one says nothing', () => {
    const said = reducedInWords({ ...outcome, reduced }).join('\n');
    expect(said).toContain('7 of the 40 steps');
    expect(said).toContain('CPU1 and CPU2 stand for each other.');
    expect(said).toContain('CPU0 and CPU3 have the same to do, but do not stand for each other: x.');
    expect(reducedInWords(outcome)).toEqual([]);
  });

  it('says which search the counterexamples are from', () => {
    const said = (verdict: PropertyVerdict, again: Outcome['again']): string =>
      reducedInWords({ ...outcome, reduced, again, verdicts: [verdict] }).at(-1) ?? '';
    const again = { states: 1234, depth: 9 };
    expect(said({ ...broken, verdict: 'holds', schedule: null }, null)).toContain(
      'no property of states fails',
    );
    expect(said(broken, again)).toMatch(/without reductions up to depth 9 \(1,234 states\)\.$/);
    expect(said({ ...broken, notShortest: true }, again)).toContain('there may be shorter ones');
    expect(said({ ...broken, notShortest: true }, null)).toContain('none was searched again');
    expect(said(broken, null)).toContain('fewest switches: searched without reductions');
  });

  it('counts the switches of a counterexample, and says what it may not be', () => {
    expect(switchesInWords(broken.schedule ?? [])).toBe('1 switch');
    expect(lackInWords(broken)).toBe('');
    expect(lackInWords({ ...broken, notShortest: true })).toBe('there may be a shorter one');
    expect(lackInWords({ ...broken, notFewest: true })).toContain('fewest switches: not found');
  });
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
