import { type Chart, chartTable, inWords } from '../../../reports/chart.ts';
import { keyWords } from './reading.ts';

/** The figures behind a chart, for those who read rather than look. */
export function FigureTable({ chart }: { readonly chart: Chart }) {
  const { head, rows } = chartTable(chart);
  return (
    <details className="chart-table">
      <summary>Figures</summary>
      <div className="report-table" role="region" aria-label={`Figures of: ${chart.title}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, values }) => (
              <tr key={key}>
                <th scope="row">{keyWords(chart, key)}</th>
                {values.map((value, i) => (
                  <td key={i} className="figure">
                    {value === null ? '–' : inWords(chart.y.words, value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
