import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HISTORY } from '../scenarios/history.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import type { AuditFile } from './audit.ts';

const file = JSON.parse(readFileSync(new URL('./audit.json', import.meta.url), 'utf8')) as AuditFile;
const rows = file.rows.filter(({ property }) => property === 'reached');

const CLEARS_FIRST = ['invalidate-first', 'repaired'];
/**
 * Versions that never come to all the moments of a scenario, and why they cannot. Every other version does, so its verdicts there are about
 * what the scenario is for.
 */
const CANNOT: Readonly<Record<string, readonly string[]>> = {
  // Nobody can walk to a table that is being copied: no D is set there, nothing is walked through.
  'two-dirty': CLEARS_FIRST,
  'upper-fill': CLEARS_FIRST,
  'sleeping-fill': CLEARS_FIRST,
  pae: CLEARS_FIRST,
  'write-reclaim': CLEARS_FIRST,
  'twice-full': CLEARS_FIRST,
  'hot-remove': CLEARS_FIRST,
  'not-young': CLEARS_FIRST,
  'five-levels': CLEARS_FIRST,
  huge: CLEARS_FIRST,
  // invalidate-first clears the entry of one process only, and the other one walks on.
  'shared-pmd': ['repaired'],
  // A mutex keeps the second relocation out until the first copy is freed.
  'two-relocators': ['2008-03-19', '2008-05-09', ...CLEARS_FIRST, 'limbo-repaired'],
};

/** Nothing is relocated here: they are about other races, or about copies on nodes. */
const WITHOUT = ['two-nodes', ...HISTORY.map(({ id }) => id)];

describe('the moments that a scenario must come to', () => {
  it('are named wherever something is relocated', () => {
    const none = SCENARIOS.filter(({ sometimes }) => sometimes.length === 0).map(({ id }) => id);
    expect(none.toSorted()).toEqual(WITHOUT.toSorted());
    for (const { id, threads } of SCENARIOS.filter((scenario) => WITHOUT.includes(scenario.id)))
      expect(
        threads.flatMap(({ actions }) => actions).filter((action) => action.do.startsWith('relocate')),
        id,
      ).toEqual([]);
  });

  it.each(SCENARIOS)('$id: come in every version but those that cannot', ({ id }) => {
    const missed = rows.filter(({ scenario, verdict }) => scenario === id && verdict !== 'holds');
    expect(missed.map(({ version }) => version).toSorted()).toEqual((CANNOT[id] ?? []).toSorted());
    expect(rows.some(({ scenario, verdict }) => scenario === id && verdict === 'holds')).toBe(true);
  });
});
