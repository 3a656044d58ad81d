import { describe, expect, it } from 'vitest';
import type { AuditFile, AuditRow } from './audit.ts';
import { cellOf, changedRows, cubeOf, markOf, rowsAt, sliceOf } from './audit-cube.ts';

function row(place: string, more: Partial<AuditRow> = {}): AuditRow {
  const [version = '', scenario = '', property = ''] = place.split(' ');
  const counts = { states: 10, transitions: 20, depth: 5, exhaustive: true };
  return { version, scenario, property, verdict: 'holds', ...counts, ...more };
}

const rows = [
  row('a one no-deadlock', { verdict: 'fails', steps: 3, schedule: 'cpu0 cpu1 cpu0' }),
  row('a two no-deadlock'),
  row('b one no-deadlock', { exhaustive: false }),
  row('b two no-lost-accessed', { verdict: 'fails' }),
];
const file: AuditFile = { format: 'limbo-audit', version: 1, hash: '', written: '2026-01-01', rows };
const cube = cubeOf(file);

describe('the audit as a cube', () => {
  it('keeps the order of the file on each axis', () => {
    expect(cube.values).toEqual({
      version: ['a', 'b'],
      scenario: ['one', 'two'],
      property: ['no-deadlock', 'no-lost-accessed'],
    });
  });

  it('marks a warning, and a search that did not end, as such', () => {
    expect(rows.map(markOf)).toEqual(['fails', 'holds', 'open', 'warns']);
  });

  it('says of several rows the gravest, and how many have it', () => {
    expect(cellOf(rowsAt(cube, { version: 'a', property: 'no-deadlock' }))).toEqual({
      mark: 'fails',
      count: 1,
      of: 2,
    });
    expect(cellOf(rowsAt(cube, { version: 'a', property: 'counts' }))).toBeNull();
  });

  it('shows the two axes that are not cut', () => {
    expect(sliceOf({})).toEqual({ rows: 'property', columns: 'version', cut: {} });
    expect(sliceOf({ version: 'a' }).columns).toBe('property');
    expect(sliceOf({ property: 'counts' }).rows).toBe('scenario');
    expect(sliceOf({ scenario: 'one' }).cut).toEqual({ scenario: 'one' });
  });

  it('finds the verdicts that a change of design changes', () => {
    const after = [row('a one no-deadlock'), row('a two no-deadlock')];
    const changed = changedRows(rowsAt(cube, { version: 'a' }), after);
    expect(changed.map(({ was, is }) => [is.scenario, was.verdict, is.verdict])).toEqual([
      ['one', 'fails', 'holds'],
    ]);
  });
});
