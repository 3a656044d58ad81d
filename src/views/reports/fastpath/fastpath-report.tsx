import { useEffect, useState } from 'react';
import { FASTPATH_DEFAULTS, type FastpathReport } from '../../../reports/fastpath/report.ts';
import { MACHINES } from '../../../reports/fastpath/machines.ts';
import type { FastpathParams } from '../../../reports/fastpath/version-cost.ts';
import { AssumptionTable } from '../assumption-table.tsx';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ReportStatus } from '../report-status.tsx';
import { SelectField } from '../select-field.tsx';
import { useReport } from '../use-report.ts';
import { StepList } from './step-list.tsx';

/** What a page fault pays for relocation that is compiled in and idle. */
export function FastpathReportView() {
  const [params, setParams] = useState<FastpathParams>(FASTPATH_DEFAULTS);
  const { start, cancel, status, result, share, reason } = useReport('fastpath');
  useEffect(() => {
    start(params);
  }, [start, params]);
  const change = (changed: Partial<FastpathParams>): void => setParams({ ...params, ...changed });
  return (
    <>
      <p>
        A thread that faults takes its lock, makes sure that no table is in limbo, and before it unlocks asks
        whether a flush is due. All of that is done in every fault, though hardly ever a table moves.
      </p>
      <div className="report-controls">
        <SelectField
          label="Machine"
          value={params.machine}
          options={MACHINES.map(({ id, title }) => ({ value: id, text: title }))}
          choose={(machine) => change({ machine })}
        />
        <SelectField
          label="Faults that find the process’s line at another CPU"
          value={String(params.missShare)}
          options={[0, 0.1, 0.5, 1].map((each) => ({
            value: String(each),
            text: `${String(each * 100)}%`,
          }))}
          choose={(missShare) => change({ missShare: Number(missShare) })}
        />
      </div>
      <ReportStatus status={status} share={share} reason={reason} onCancel={cancel} />
      {result !== null && <Result report={result} />}
    </>
  );
}

function Result({ report: { versions, charts, assumptions, limits } }: { readonly report: FastpathReport }) {
  return (
    <>
      <ul>
        {versions
          .filter(({ published }) => published !== null)
          .map(({ version, slowdownPercent, published, offBy }) => (
            <li key={version}>
              <strong>{version}</strong>: {slowdownPercent.toFixed(2)}% slower here, {published}% published;
              the model is {offBy?.toFixed(2)} times the published figure.
            </li>
          ))}
      </ul>
      <div className="report-charts">
        {charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} />
        ))}
      </div>
      <StepList versions={versions} />
      <h4>What does not match, and why</h4>
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
