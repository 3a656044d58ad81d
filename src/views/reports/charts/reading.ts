import { type Chart, chartTable, inWords } from '../../../reports/chart.ts';

/** What a chart says at one stop, as a sentence; empty where there is none. */
export function readingAt(chart: Chart, stop: number): string {
  const { head, rows } = chartTable(chart);
  const row = rows[stop];
  if (row === undefined) return '';
  const values = row.values.flatMap((value, i) =>
    value === null ? [] : [`${head[i + 1] ?? ''} ${inWords(chart.y.words, value)}`],
  );
  return `${keyWords(chart, row.key)}: ${values.join(', ')}`;
}

/** An x or category as people read it. */
export function keyWords(chart: Chart, key: string | number): string {
  return chart.kind === 'line' && typeof key === 'number' ? inWords(chart.x.words, key) : String(key);
}
