import { describe, expect, it } from 'vitest';
import { VERSIONS } from '../designs/versions.ts';
import { createModel } from '../explorer/model.ts';
import { naiveSearch } from '../explorer/naive-search.ts';
import { buildModel } from './build.ts';
import { SCENARIOS, scenarioOf } from './scenarios.ts';

/**
 * What the slow, obvious search finds in each scenario small enough for it, in each version: `pinned.txt`.
 * When a program changes: `npx vitest run src/scenarios/pinned.test.ts -u`, then read the diff; it says what the
 * change did to every verdict.
 */
const SMALL = [
  'tree3',
  'two-dirty',
  'fault',
  'upper-fill',
  'top',
  'lazy',
  'no-memory',
  'pae',
  'twice',
  'twice-full',
].concat(['irqs-off', 'shared-pmd']);
const BOUND = 8000;

function row(id: string, version: (typeof VERSIONS)[number]): string {
  const scenario = scenarioOf(id);
  if (scenario === null) throw new Error(`no scenario ${id}`);
  const built = buildModel(scenario, { ...version.design, ...scenario.opensWith.overrides });
  const found = naiveSearch(createModel(built.model), BOUND);
  expect(found.exhaustive, `${id} x ${version.id} within ${String(BOUND)} states`).toBe(true);
  const broken = [...found.violations]
    .map(([property, moves]) => `${property}@${String(moves.length)}`)
    .sort();
  const counts = [found.states, found.transitions, found.depth, found.ends.length].map((n) =>
    String(n).padStart(6),
  );
  const moments = [...found.moments].sort();
  return [
    id.padEnd(12),
    version.id.padEnd(17),
    ...counts,
    '  ',
    broken.join(' ') || 'nothing',
    '|',
    ...moments,
  ].join(' ');
}

describe('the naive search', () => {
  it('finds in every small scenario and version what is pinned', { timeout: 120_000 }, async () => {
    const head =
      'scenario     version            states  moves  depth   ends    broken@shortest schedule | moments';
    const rows = SMALL.flatMap((id) => VERSIONS.map((version) => row(id, version)));
    await expect([head, ...rows, ''].join('\n')).toMatchFileSnapshot('pinned.txt');
  });

  it('knows every scenario: one that is not pinned is too large for it', () => {
    for (const id of SMALL) expect(SCENARIOS.map((scenario) => scenario.id)).toContain(id);
  });
});
