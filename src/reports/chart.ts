/** How the numbers of an axis are said: plain, as bytes in powers of 1024, or a share of 1 as per cent. */
export type NumberWords = 'number' | 'bytes' | 'percent';

export interface Axis {
  /** With its unit, where there is one: "cycles per access". */
  readonly title: string;
  readonly words: NumberWords;
  readonly scale: 'linear' | 'log';
}

export interface LineSeries {
  readonly name: string;
  /** In the order of x. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A chart as data: drawn in the page, written as CSV, read by tests. */
export interface LineChart {
  readonly kind: 'line';
  /** Names the saved file. */
  readonly id: string;
  readonly title: string;
  /** What to read from it, in a sentence or two. */
  readonly about: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly LineSeries[];
}

export interface BarSeries {
  readonly name: string;
  /** One for each category; null where there is nothing to say. */
  readonly values: readonly (number | null)[];
}

export interface BarChart {
  readonly kind: 'bar';
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** What the categories are: "version". */
  readonly category: string;
  readonly categories: readonly string[];
  readonly y: Axis;
  /** On top of each other, or side by side. */
  readonly stacked: boolean;
  readonly series: readonly BarSeries[];
  /** Values from elsewhere to compare with, drawn as a mark beside the bars: "published". */
  readonly marks?: BarSeries;
}

export type Chart = LineChart | BarChart;

/** A chart's figures as a table: a row for each x or category, a column for each series. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string | number; readonly values: readonly (number | null)[] }[];
}

export function chartTable(chart: Chart): ChartTable {
  if (chart.kind === 'line') return lineTable(chart);
  const { category, categories, series, marks } = chart;
  const columns = marks === undefined ? series : [...series, marks];
  return {
    head: [category, ...columns.map(({ name }) => name)],
    rows: categories.map((key, i) => ({ key, values: columns.map(({ values }) => values[i] ?? null) })),
  };
}

function lineTable({ x, series }: LineChart): ChartTable {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
  const columns = series.map(({ points }) => new Map(points));
  return {
    head: [x.title, ...series.map(({ name }) => name)],
    rows: xs.map((key) => ({ key, values: columns.map((column) => column.get(key) ?? null) })),
  };
}

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The table as CSV (RFC 4180, with \n), numbers in full. */
export function chartCsv(chart: Chart): string {
  const { head, rows } = chartTable(chart);
  const lines = [head, ...rows.map(({ key, values }) => [key, ...values])];
  return lines.map((line) => `${line.map(cell).join(',')}\n`).join('');
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A number of an axis as people read it, three digits or so. */
export function inWords(words: NumberWords, value: number): string {
  if (words === 'percent') return `${threeDigits(value * 100)}%`;
  if (words === 'number') return threeDigits(value);
  const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10));
  return `${threeDigits(value / 1024 ** power)} ${BYTE_UNITS[power] ?? ''}`;
}

function threeDigits(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
