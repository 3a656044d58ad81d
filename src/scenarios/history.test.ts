import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import { createModel } from '../explorer/model.ts';
import { naiveSearch } from '../explorer/naive-search.ts';
import type { Design } from '../kernel/design.ts';
import { at } from '../lib/at.ts';
import { buildModel } from './build.ts';
import { HISTORY } from './history.ts';
import { scenarioOf } from './scenarios.ts';

interface Race {
  readonly scenario: string;
  readonly broken: Partial<Design>;
  readonly fixed: readonly Partial<Design>[];
  /** What the broken order breaks, and the steps of a shortest schedule. */
  readonly found: string;
}

const RACES: readonly Race[] = [
  {
    scenario: 'mremap-race',
    broken: { mremapFlush: 'after-unlock' },
    fixed: [{ mremapFlush: 'before-unlock' }, { mremapFlush: 'before-set' }],
    found: 'no-stale-translation@49',
  },
  {
    scenario: 'collect-race',
    broken: { collectFlush: 'after-unlock' },
    fixed: [{ collectFlush: 'before-unlock' }],
    found: 'no-stale-translation@25',
  },
  {
    scenario: 'gather-race',
    broken: { tableFreeOrder: 'before-flush' },
    fixed: [{ tableFreeOrder: 'after-flush' }],
    found: 'no-use-after-free@16',
  },
];

const last = at(
  VERSIONS.filter(({ id }) => id === '2008-05-09'),
  0,
).design;

function searched(id: string, overrides: Partial<Design>): string {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  const found = naiveSearch(createModel(buildModel(scenario, { ...last, ...overrides }).model), 10_000);
  expect(found.exhaustive).toBe(true);
  return [...found.violations].map(([property, moves]) => `${property}@${String(moves.length)}`).join(' ');
}

describe('races that Linux had', () => {
  it('are all here, and each opens with the order that was wrong', () => {
    expect(HISTORY.map(({ id }) => id)).toEqual(RACES.map(({ scenario }) => scenario));
    expect(HISTORY.map(({ opensWith }) => opensWith.overrides)).toEqual(RACES.map(({ broken }) => broken));
  });

  it.each(RACES)('$scenario: the broken order fails, and nothing else does', { timeout: 60_000 }, (race) => {
    expect(searched(race.scenario, race.broken)).toBe(race.found);
  });

  it.each(RACES)('$scenario: the fixed order holds in every state', { timeout: 60_000 }, (race) => {
    for (const fixed of race.fixed) expect(searched(race.scenario, fixed)).toBe('');
  });

  it.each(RACES)('$scenario: every version has the order that holds', ({ fixed }) => {
    for (const { design } of VERSIONS)
      expect(
        fixed.some((choices) =>
          Object.entries(choices).every(
            ([choice, value]) => new Map<string, unknown>(Object.entries(design)).get(choice) === value,
          ),
        ),
      ).toBe(true);
  });
});
