import { describe, expect, it } from 'vitest';
import { chartCsv, chartTable, inWords, type LineChart } from './chart.ts';

const chart: LineChart = {
  kind: 'line',
  id: 'c',
  title: 'Cost',
  about: '',
  x: { title: 'size', words: 'bytes', scale: 'log' },
  y: { title: 'cycles', words: 'number', scale: 'linear' },
  series: [
    {
      name: 'data, "moved"',
      points: [
        [1, 10],
        [4, 40],
      ],
    },
    { name: 'b', points: [[2, 20]] },
  ],
};

describe('a chart', () => {
  it('is a table with a row for every x, holes where a series has no point', () => {
    expect(chartTable(chart).rows).toEqual([
      { key: 1, values: [10, null] },
      { key: 2, values: [null, 20] },
      { key: 4, values: [40, null] },
    ]);
  });

  it('is CSV with quoted quotes', () => {
    expect(chartCsv(chart)).toBe('size,"data, ""moved""",b\n1,10,\n2,,20\n4,40,\n');
  });

  it('has its marks as a last column, where it is of bars', () => {
    const table = chartTable({
      kind: 'bar',
      id: 'b',
      title: '',
      about: '',
      category: 'version',
      categories: ['x', 'y'],
      y: chart.y,
      stacked: false,
      series: [{ name: 'model', values: [1, 2] }],
      marks: { name: 'published', values: [3, null] },
    });
    expect(table.head).toEqual(['version', 'model', 'published']);
    expect(table.rows[1]).toEqual({ key: 'y', values: [2, null] });
  });

  it('says numbers, bytes and shares with three digits', () => {
    const said = [inWords('number', 12345), inWords('bytes', 64 * 2 ** 20), inWords('percent', 0.016)];
    expect(said).toEqual(['12,345', '64 MiB', '1.6%']);
  });
});
