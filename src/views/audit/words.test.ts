import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../reports/audit.ts';
import { boundsOf, searchesIn } from './words.ts';

const row: AuditRow = {
  ...{ version: 'repaired', scenario: 'two-dirty', property: 'no-leak', verdict: 'holds' },
  ...{ states: 2 ** 16, transitions: 9, depth: 5, exhaustive: true },
};

describe('a cell of the audit', () => {
  it('says for what world its verdict holds, how much was seen, and the chance of a missed state', () => {
    expect(boundsOf(row)).toMatch(
      /^Exhaustive: 2 CPUs, 2 threads, 2 tables, 2 addresses, without speculative walks; 65,536 states.*below 1\.2e-10/,
    );
    expect(boundsOf({ ...row, scenario: 'speculative' })).toContain('with speculative walks');
  });

  it('that met its bounds is not called exhaustive, nor is the audit then', () => {
    const cut = { ...row, scenario: 'fault', exhaustive: false };
    expect(boundsOf(cut)).toMatch(/^Stopped at its bounds: .*not seen\.$/);
    const file = { format: 'limbo-audit', version: 1, hash: '', written: '' } as const;
    expect(searchesIn({ ...file, rows: [row, { ...row, property: 'counts' }] })).toBe(
      '1 exhaustive searches',
    );
    expect(searchesIn({ ...file, rows: [row, cut] })).toBe('2 searches, 1 of them stopped at their bounds');
  });
});
