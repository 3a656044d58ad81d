import { useEffect, useMemo, useState } from 'react';
import { COST_DEFAULTS, type CostParams, type CostReport } from '../../../reports/cost/report.ts';
import { versionOf } from '../../../designs/versions.ts';
import { SCENARIOS } from '../../../scenarios/scenarios.ts';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ReportStatus } from '../report-status.tsx';
import { SelectField } from '../select-field.tsx';
import { useReport } from '../use-report.ts';

const RUNS = [20, 200, 1000];

/** What moving tables costs while it happens, design by design. */
export function CostReportView() {
  const [params, setParams] = useState<CostParams>(COST_DEFAULTS);
  const { start, cancel, status, result, share, reason } = useReport('cost');
  useEffect(() => {
    start(params);
  }, [start, params]);
  const moving = useMemo(() => relocating(), []);
  return (
    <>
      <p>
        The last posting, the idea that replaced it, and the two designs in which no property fails: how often
        they flush the whole process, how many IPIs that takes, and how much everybody has to lock.
      </p>
      <div className="report-controls">
        <SelectField
          label="Scenario"
          value={params.scenario}
          options={moving}
          choose={(scenario) => setParams({ ...params, scenario })}
        />
        <SelectField
          label="Schedules"
          value={String(params.runs)}
          options={RUNS.map((each) => ({
            value: String(each),
            text: `${each.toLocaleString('en')} by seed`,
          }))}
          choose={(runs) => setParams({ ...params, runs: Number(runs) })}
        />
      </div>
      <ReportStatus status={status} share={share} reason={reason} onCancel={cancel} />
      {result !== null && <Result report={result} />}
    </>
  );
}

/** Scenarios in which a thread relocates something. */
function relocating(): readonly { readonly value: string; readonly text: string }[] {
  return SCENARIOS.filter(({ threads }) =>
    threads.some(({ actions }) => actions.some((action) => action.do.startsWith('relocate'))),
  ).map(({ id, title }) => ({ value: id, text: title }));
}

function Result({
  report: { rows, timesTheFlushes: factor, charts, limits },
}: {
  readonly report: CostReport;
}) {
  const figure = (value: number): string => value.toFixed(2);
  return (
    <>
      <p>
        <strong>
          {factor === null ? 'Nothing is flushed here' : `${factor.toFixed(1)} times as many flushes`}
        </strong>
        {factor !== null && ' for “repaired”, which clears entries first, as for “limbo-repaired”.'}
      </p>
      <div className="report-table" role="region" aria-label="Cost of a relocation by design" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {['Design', 'What it is', 'Flushes', 'IPIs', 'Locked steps', 'Steps'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ version, flushes, ipis, locked, steps }) => (
              <tr key={version}>
                <th scope="row">{version}</th>
                <td>{versionOf(version)?.title}</td>
                {[flushes, ipis, locked, steps].map((value, i) => (
                  <td key={i} className="figure">
                    {figure(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="report-charts">
        {charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} />
        ))}
      </div>
      <h4>What it does not say</h4>
      <ul>
        {limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
    </>
  );
}
