import { useEffect, useMemo, useState } from 'react';
import type { MachineZone } from '../../../reports/machine/machine.ts';
import { giveMachineFile, useMachineFile } from '../../../store/machine-file.ts';
import type { MachineAnswer } from '../../../worker/report-machine.ts';
import { Button } from '../../controls/button.tsx';
import { FileChooser } from '../../controls/file-chooser.tsx';
import { FrameMap } from '../../frame-map/frame-map.tsx';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ReportStatus } from '../report-status.tsx';
import { useReport } from '../use-report.ts';
import { fetchExampleMachine } from './example-machine.ts';
import { MachineFigures } from './machine-figures.tsx';
import { PageblockTypes } from './pageblock-types.tsx';

/** The memory of a real machine, from a file that never leaves this page. */
export function MachineReportView() {
  const file = useMachineFile((state) => state.file);
  const { start, cancel, status, result, share, reason } = useReport('machine');
  useEffect(() => {
    if (file === null) return;
    void file.arrayBuffer().then(
      (bytes) => start({ name: file.name, bytes }),
      () => start({ name: file.name, bytes: new ArrayBuffer(0) }),
    );
  }, [file, start]);
  return (
    <>
      <p>
        In 2008 the author of the patches thought that page tables might be the largest use of memory that
        cannot move, and marked the claim as not verified. Here is how to look on your machine:{' '}
        <code>npm run capture -- --machine</code> as root writes a file; open it here, or drop it on the page.
        It stays in this page.
      </p>
      <div className="report-controls">
        <FileChooser
          look="primary"
          words="Open a machine’s file…"
          label="File of a machine"
          choose={giveMachineFile}
        />
        <ExampleButton />
        <span>{file === null ? 'No file is open yet.' : file.name}</span>
      </div>
      <ReportStatus status={status} share={share} reason={reason} onCancel={cancel} />
      {result?.kind === 'refused' && <p role="alert">{result.message}</p>}
      {result?.kind === 'machine' && <Result {...result} />}
    </>
  );
}

/** Something to look at for those who have no Linux, or are not root there. */
function ExampleButton() {
  const [trouble, setTrouble] = useState('');
  const open = (): void => {
    fetchExampleMachine().then(giveMachineFile, (error: unknown) => {
      setTrouble(
        `${error instanceof Error ? error.message : String(error)}. Open a file of your own instead.`,
      );
    });
  };
  return (
    <>
      <Button onClick={open}>Open the example (24 GB)</Button>
      {trouble !== '' && <span role="alert">{trouble}</span>}
    </>
  );
}

function Result({ report, map, zones }: Extract<MachineAnswer, { kind: 'machine' }>) {
  const borders = useMemo(() => nodeStarts(zones), [zones]);
  return (
    <>
      <MachineFigures report={report} />
      <PageblockTypes zones={zones} />
      <h4>
        All {report.frames.toLocaleString('en')} frames of {report.name}
      </h4>
      <FrameMap
        label={`Memory of ${report.name}`}
        map={map}
        borders={borders}
        nameOf={(frame) => frameName(zones, frame)}
      />
      <div className="report-charts">
        {report.charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} />
        ))}
      </div>
      <h4>How it was found</h4>
      <ul>
        {[...report.method, ...report.missing].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h4>What it cannot know</h4>
      <ul>
        {report.limits.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** First frames of the nodes after the lowest one. */
function nodeStarts(zones: readonly MachineZone[]): readonly number[] {
  const starts = new Map<number, number>();
  for (const { node, startPfn } of zones) starts.set(node, Math.min(startPfn, starts.get(node) ?? Infinity));
  return [...starts.values()].toSorted((a, b) => a - b).slice(1);
}

function frameName(zones: readonly MachineZone[], frame: number): string {
  const zone = zones.find(({ startPfn, spanned }) => frame >= startPfn && frame < startPfn + spanned);
  const where = zone === undefined ? 'in no zone' : `node ${String(zone.node)}, ${zone.name}`;
  return `Frame 0x${frame.toString(16)} (${where})`;
}
