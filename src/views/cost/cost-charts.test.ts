import { describe, expect, it } from 'vitest';
import { chartTable } from '../../reports/chart.ts';
import type { RunCost } from '../../worker/run-cost.ts';
import { costCharts } from './cost-charts.ts';

const COST: RunCost = {
  steps: 10,
  cpus: [
    {
      walks: { local: 1, remote: 2 },
      pages: { local: 3, remote: 4 },
      kernel: { local: 5, remote: 6 },
      ...{ irqsOff: 7, flushes: 0, ipisSent: 0, ipisTaken: 0 },
    },
  ],
  actors: [
    { steps: 9, lockWaits: 0, lockWaitSteps: 0, otherWaitSteps: 0 },
    { steps: 1, lockWaits: 1, lockWaitSteps: 8, otherWaitSteps: 2 },
  ],
};

describe('the charts of what a run cost', () => {
  it('have local and remote references by CPU, and by who refers to memory', () => {
    const rows = costCharts(COST, ['a', 'b'])
      .slice(0, 2)
      .flatMap((chart) => chartTable(chart).rows.map(({ key, values }) => [key, ...values]));
    expect(rows).toEqual([
      ['CPU0', 9, 12],
      ['walks', 1, 2],
      ['pages', 3, 4],
      ['kernel', 5, 6],
    ]);
  });

  it('draw time with interrupts off as a part of all steps', () => {
    expect(costCharts(COST, ['a', 'b'])[2]?.series.map(({ values }) => values)).toEqual([[7], [3]]);
  });

  it('name those who waited, and are left out where nobody did', () => {
    expect(costCharts(COST, ['a', 'b'])[3]).toMatchObject({
      categories: ['b'],
      series: [{ values: [8] }, { values: [2] }],
    });
    expect(costCharts({ ...COST, actors: COST.actors.slice(0, 1) }, ['a'])).toHaveLength(3);
  });
});
