import { useEffect, useState } from 'react';
import { inWords } from '../../../reports/chart.ts';
import { NUMA_DEFAULTS, type NumaParams } from '../../../reports/numa/params.ts';
import type { NumaReport, PolicyEnd } from '../../../reports/numa/report.ts';
import { AssumptionTable } from '../assumption-table.tsx';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ReportStatus } from '../report-status.tsx';
import { useReport } from '../use-report.ts';
import { LeftBehind } from './left-behind.tsx';
import { NumaControls } from './numa-controls.tsx';

/** A process moves to another node, with its page tables or without. */
export function NumaReportView() {
  const [params, setParams] = useState<NumaParams>(NUMA_DEFAULTS);
  const { start, cancel, status, result, share, reason } = useReport('numa');
  useEffect(() => {
    start(params);
  }, [start, params]);
  return (
    <>
      <p>
        A process runs on node 0; its data and page tables are there. It is moved to node 1. Linux copies its
        data after it and leaves the tables where they are: each walk that misses the caches then goes to the
        old node and back.
      </p>
      <NumaControls params={params} change={(changed) => setParams({ ...params, ...changed })} />
      <ReportStatus status={status} share={share} reason={reason} onCancel={cancel} />
      {result !== null && <Result report={result} />}
      <LeftBehind params={params} />
      {result !== null && <Grounds report={result} />}
    </>
  );
}

function Result({ report: { ends, charts } }: { readonly report: NumaReport }) {
  return (
    <>
      <EndTable ends={ends} />
      <div className="report-charts">
        {charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} />
        ))}
      </div>
    </>
  );
}

function EndTable({ ends }: { readonly ends: readonly PolicyEnd[] }) {
  return (
    <div className="report-table" role="region" aria-label="After the move" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">What moved</th>
            <th scope="col">Cycles an access, in the end</th>
            <th scope="col">Remote references</th>
            <th scope="col">Times slower than the best</th>
          </tr>
        </thead>
        <tbody>
          {ends.map(({ policy, title, cyclesPerAccess, remoteShare, timesSlower }) => (
            <tr key={policy}>
              <th scope="row">{title}</th>
              <td className="figure">{inWords('number', cyclesPerAccess)}</td>
              <td className="figure">{inWords('percent', remoteShare)}</td>
              <td className="figure">{timesSlower.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Grounds({ report: { assumptions, limits } }: { readonly report: NumaReport }) {
  return (
    <>
      <h4>What does not match, and what is left out</h4>
      <ul>
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      <h4>What it stands on</h4>
      <AssumptionTable assumptions={assumptions} />
    </>
  );
}
