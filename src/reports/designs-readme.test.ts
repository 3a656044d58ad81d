import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AuditFile } from './audit.ts';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const audit = JSON.parse(text('./audit.json')) as AuditFile;
const cells = text('../designs/README.md')
  .split('\n')
  .filter((line) => /^\| (\d{4}-|invalidate-first|repaired|limbo-repaired)/.test(line))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, 6),
  );

describe('the table of what fails in which version', () => {
  const failing = audit.rows.filter(({ verdict }) => verdict === 'fails');
  const keys = [...new Set(failing.map(({ version, property }) => `${version} ${property}`))];

  it('has a row for each version and property that fails somewhere in the audit, and no other', () => {
    expect(cells.map(([version, property]) => `${version ?? ''} ${property ?? ''}`).toSorted()).toEqual(
      keys.toSorted(),
    );
  });

  it.each(cells)('%s, %s: the shortest schedule is in %s, of %s steps', (...row) => {
    const [version, property, scenario, steps, why = ''] = row;
    const rows = failing.filter((r) => r.version === version && r.property === property);
    expect(Math.min(...rows.map((r) => r.steps ?? Infinity))).toBe(Number(steps));
    expect(rows.find((r) => r.scenario === scenario)?.steps).toBe(Number(steps));
    expect(why.length).toBeGreaterThan(10);
  });
});
