import { useEffect, useState } from 'react';
import { REMOVAL_WORDS } from '../../../reports/memory/charts.ts';
import type { HotremoveReport, Removal } from '../../../reports/memory/hotremove.ts';
import type { SmallWorldEvidence } from '../../../reports/memory/small-world.ts';
import { HOTREMOVE_WORLD, SMALL_HOTREMOVE_WORLD } from '../../../reports/memory/worlds.ts';
import { showScreen, WORKBENCH } from '../../../store/screens.ts';
import { open } from '../../../store/workbench.ts';
import { Button } from '../../controls/button.tsx';
import { AssumptionTable } from '../assumption-table.tsx';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { saveText } from '../charts/save-text.ts';
import { ReportStatus } from '../report-status.tsx';
import { SelectField } from '../select-field.tsx';
import { useReport } from '../use-report.ts';
import { RecordingPlayer } from './recording-player.tsx';

const SEEDS = ['1', '2', '3', '4', '5', '6', '7', '8'];

/** The second node, or its first quarter. */
function rangeOf(range: string, framesPerNode: number): { start: number; end: number } {
  return { start: framesPerNode, end: framesPerNode + framesPerNode / (range === 'node' ? 1 : 4) };
}

/** A range of frames is to leave a running machine. */
export function HotremoveReportView() {
  const [world, setWorld] = useState('real');
  const [seed, setSeed] = useState('1');
  const [range, setRange] = useState('node');
  const { start, cancel, status, result, share, reason } = useReport('hotremove');
  useEffect(() => {
    const plan = world === 'small' ? SMALL_HOTREMOVE_WORLD : HOTREMOVE_WORLD;
    start({ seed: Number(seed), plan, range: rangeOf(range, plan.size.frames) });
  }, [start, seed, range, world]);
  return (
    <>
      <p>
        To take memory out of a running machine every frame of it must become free. Pages are moved away. A
        page table stays, because CPUs and threads use it by its address, and one that stays is enough to
        refuse the removal.
      </p>
      <div className="report-controls">
        <SelectField
          label="Memory"
          value={world}
          options={[
            { value: 'real', text: 'two nodes of 32,768 frames' },
            { value: 'small', text: 'two nodes of 2,048 frames' },
          ]}
          choose={setWorld}
        />
        <SelectField
          label="To be removed"
          value={range}
          options={[
            { value: 'node', text: 'all of node 1' },
            { value: 'quarter', text: 'the first quarter of node 1' },
          ]}
          choose={setRange}
        />
        <SelectField
          label="Life (seed)"
          value={seed}
          options={SEEDS.map((value) => ({ value, text: value }))}
          choose={setSeed}
        />
      </div>
      <ReportStatus status={status} share={share} reason={reason} onCancel={cancel} />
      {result !== null && <Result report={result} />}
    </>
  );
}

function Result({ report }: { readonly report: HotremoveReport }) {
  const { removals, framesPerNode, smallWorld, seed, range } = report;
  const [shown, setShown] = useState<string>('tables-move');
  const removal = removals.find(({ id }) => id === shown) ?? removals[0];
  return (
    <>
      <ul>
        {removals.map((one) => (
          <RemovalLine key={one.id} removal={one} />
        ))}
      </ul>
      <SelectField
        label="On the map"
        value={shown}
        options={removals.map(({ id }) => ({ value: id, text: REMOVAL_WORDS[id] }))}
        choose={setShown}
      />
      {removal !== undefined && (
        <>
          <RecordingPlayer
            key={`${removal.id} ${String(seed)} ${String(framesPerNode)} ${String(range.end)}`}
            label="Frames during the removal"
            recording={removal.recording}
            framesPerNode={framesPerNode}
          />
          <Refusals removal={removal} />
        </>
      )}
      <div className="report-charts">
        {report.charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} />
        ))}
      </div>
      <SmallWorld evidence={smallWorld} />
      <h4>What it leaves out</h4>
      <ul>
        {report.limits.map((limit) => (
          <li key={limit}>{limit}</li>
        ))}
      </ul>
      <h4>What it stands on</h4>
      <AssumptionTable assumptions={report.assumptions} />
    </>
  );
}

function RemovalLine({ removal: { id, removed, counts, threads, refusals } }: { readonly removal: Removal }) {
  return (
    <li>
      <strong>{REMOVAL_WORDS[id]}</strong>: {counts.pagesMoved.toLocaleString('en')} pages and{' '}
      {counts.tablesMoved.toLocaleString('en')} tables left, while threads wrote{' '}
      {threads.writes.toLocaleString('en')} times and faulted {threads.faults.toLocaleString('en')} times.{' '}
      {removed
        ? 'The range is offline.'
        : `Refused: ${refusals.length.toLocaleString('en')} frames are still in use.`}
    </li>
  );
}

const SHOWN = 200;

/** Frame by frame, why a removal was refused. */
function Refusals({ removal: { refusals, id } }: { readonly removal: Removal }) {
  if (refusals.length === 0) return <p>Nothing kept the range: all its frames are offline.</p>;
  const save = (): void => {
    const lines = refusals.map(({ frame, kind, why }) => `${String(frame)},${kind},"${why}"\n`);
    saveText(`hotremove-${id}.csv`, 'text/csv', `frame,kind,why\n${lines.join('')}`);
  };
  return (
    <>
      <h4>What keeps the range, frame by frame</h4>
      <div className="report-table refusals" role="region" aria-label="Frames that stay" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Frame</th>
              <th scope="col">Why it stays</th>
            </tr>
          </thead>
          <tbody>
            {refusals.slice(0, SHOWN).map(({ frame, why }) => (
              <tr key={frame}>
                <th scope="row" className="figure">
                  {frame.toLocaleString('en')}
                </th>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        {refusals.length > SHOWN && <p>The first {SHOWN} are shown; the file has all.</p>}
        <Button onClick={save}>Save all {refusals.length.toLocaleString('en')} as CSV</Button>
      </div>
    </>
  );
}

function SmallWorld({ evidence }: { readonly evidence: SmallWorldEvidence }) {
  const { scenario, version, runs, threadSteps, tables, tablesLeft, violations, schedule, middle } = evidence;
  const show = async (): Promise<void> => {
    const source = { kind: 'scenario', scenario, version, overrides: {} } as const;
    if (await open(source, { schedule, cursor: middle })) showScreen(WORKBENCH);
  };
  return (
    <>
      <h4>The same under threads, step by step</h4>
      <p>
        In the small world “{scenario}” with the design “{version}” node 0 gives up its tables while a thread
        reads, writes and faults. In {runs} runs {threadSteps.toLocaleString('en')} steps of that thread fell
        into the relocation; {tables - tablesLeft} of {tables} tables left the node;{' '}
        {violations.length === 0 ? 'no property failed.' : `properties failed: ${violations.join(', ')}.`}
      </p>
      <div>
        <Button onClick={() => void show()}>Open the first run in the workbench</Button>
      </div>
    </>
  );
}
