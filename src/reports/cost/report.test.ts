import { describe, expect, it } from 'vitest';
import { designOf } from '../../scenarios/testing/rig.ts';
import { scenarioOf } from '../../scenarios/scenarios.ts';
import { designCost } from '../design-cost.ts';
import { COMPARED, costReport } from './report.ts';

describe('the report of what a relocation costs', () => {
  const report = costReport({ scenario: 'tree', runs: 10 });

  it('has a row for each design that is compared, with the figures of its runs', () => {
    expect(report.rows.map(({ version }) => version)).toEqual(COMPARED);
    const scenario = scenarioOf('tree');
    if (scenario === null) throw new Error('no tree');
    expect(report.rows[2]).toMatchObject(designCost(scenario, designOf('repaired'), 10));
  });

  it('draws the same figures', () => {
    const [flushes] = report.charts;
    if (flushes?.kind !== 'bar') throw new Error('no bars');
    expect(flushes.series.map(({ values }) => values)).toEqual([
      report.rows.map((row) => row.flushes),
      report.rows.map((row) => row.ipis),
    ]);
  });

  it('four tables: one flush instead of one for each', () => {
    expect(report.timesTheFlushes).toBeGreaterThanOrEqual(3);
  });

  it('tells how far it is, and refuses a scenario that there is not', () => {
    const told: number[] = [];
    costReport({ scenario: 'top', runs: 1 }, (share) => told.push(share));
    expect(told).toEqual([0.25, 0.5, 0.75, 1]);
    expect(() => costReport({ scenario: 'nowhere', runs: 1 })).toThrow('nowhere');
  });
});
