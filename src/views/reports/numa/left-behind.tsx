import type { NumaParams } from '../../../reports/numa/params.ts';
import type { PublishedFigure } from '../../../reports/numa/published.ts';
import { Button } from '../../controls/button.tsx';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ReportStatus } from '../report-status.tsx';
import { useReport } from '../use-report.ts';

/** What tables left behind cost in the end: some forty runs, so they are made when asked for. */
export function LeftBehind({ params }: { readonly params: NumaParams }) {
  const { start, cancel, status, result, share, reason } = useReport('numa-sweeps');
  return (
    <section className="numa-left-behind" aria-labelledby="numa-left-behind">
      <h4 id="numa-left-behind">What tables left behind cost in the end</h4>
      <p>
        By working set, TLB reach and walk-cache size, and against what was published. Some forty runs of half
        a million accesses: a few seconds.
      </p>
      <p>
        <Button look="primary" unavailable={status === 'running'} onClick={() => start(params)}>
          {result === null ? 'Work it out' : 'Work it out again'}
        </Button>
      </p>
      <ReportStatus status={status} share={share} reason={reason} onCancel={cancel} />
      {result !== null && (
        <>
          {result.params !== params && isOther(result.params, params) && (
            <p className="report-note">For the parameters as they were when it was started.</p>
          )}
          <div className="report-charts">
            {result.charts.map((chart) => (
              <ChartFigure key={chart.id} chart={chart} />
            ))}
          </div>
          {result.published.map((figure) => (
            <Published key={figure.what} figure={figure} />
          ))}
        </>
      )}
    </section>
  );
}

function isOther(a: NumaParams, b: NumaParams): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

function Published({ figure: { what, published, source, model } }: { readonly figure: PublishedFigure }) {
  return (
    <div className="report-table" role="region" aria-label={what} tabIndex={0}>
      <table>
        <caption>
          {what}: published up to <strong>{published}</strong> times ({source})
        </caption>
        <thead>
          <tr>
            <th scope="col">This model, the paper’s machine</th>
            <th scope="col">Times slower</th>
            <th scope="col">Of the published figure</th>
          </tr>
        </thead>
        <tbody>
          {model.map(({ condition, value }) => (
            <tr key={condition}>
              <th scope="row">{condition}</th>
              <td className="figure">{value.toFixed(2)}</td>
              <td className="figure">{Math.round((value / published) * 100)}%</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
