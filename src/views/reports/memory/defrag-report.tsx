import { useEffect, useState } from 'react';
import type { DefragOptions, DefragReport, DefragRun } from '../../../reports/memory/defrag.ts';
import { DEFRAG_WORLD, SMALL_DEFRAG_WORLD } from '../../../reports/memory/worlds.ts';
import { AssumptionTable } from '../assumption-table.tsx';
import { ChartFigure } from '../charts/chart-figure.tsx';
import { ReportStatus } from '../report-status.tsx';
import { SelectField } from '../select-field.tsx';
import { useReport } from '../use-report.ts';
import { RecordingPlayer } from './recording-player.tsx';

const SEEDS = ['1', '2', '3', '4', '5', '6', '7', '8'];

/** A huge page is wanted after a life of allocations. */
export function DefragReportView() {
  const [world, setWorld] = useState('real');
  const [seed, setSeed] = useState('1');
  const [until, setUntil] = useState<DefragOptions['until']>('huge-page');
  const { start, cancel, status, result, share, reason } = useReport('defrag');
  useEffect(() => {
    start({ seed: Number(seed), until, plan: world === 'small' ? SMALL_DEFRAG_WORLD : DEFRAG_WORLD });
  }, [start, seed, until, world]);
  return (
    <>
      <p>
        Processes come and go, files are read, and when memory is full page tables go wherever a frame is
        free. Later much of it is free again, but in crumbs. A huge page needs a whole block: compaction moves
        what is in the way, and a page table in the way stays, unless it can be relocated.
      </p>
      <div className="report-controls">
        <SelectField
          label="Memory"
          value={world}
          options={[
            { value: 'real', text: 'real geometry, 65,536 frames' },
            { value: 'small', text: 'scaled down, 4,096 frames' },
          ]}
          choose={setWorld}
        />
        <SelectField
          label="Life (seed)"
          value={seed}
          options={SEEDS.map((value) => ({ value, text: value }))}
          choose={setSeed}
        />
        <SelectField
          label="Compaction goes on"
          value={until}
          options={[
            { value: 'huge-page', text: 'until a huge page can be had' },
            { value: 'scanners-meet', text: 'until its scanners meet' },
          ]}
          choose={(value) => setUntil(value === 'huge-page' ? 'huge-page' : 'scanners-meet')}
        />
      </div>
      <ReportStatus status={status} share={share} reason={reason} onCancel={cancel} />
      {result !== null && <Result report={result} />}
    </>
  );
}

function Result({ report }: { readonly report: DefragReport }) {
  const { pinned, relocatable, blocks, kinds, frames, hugeOrder, atOnce } = report;
  const [shown, setShown] = useState('move');
  const free = Math.round(((kinds['free'] ?? 0) * 100) / frames);
  const { recording } = shown === 'move' ? relocatable : pinned;
  return (
    <>
      <ul>
        <li>
          {free}% of memory is free, yet a huge page (order {hugeOrder},{' '}
          {(2 ** hugeOrder).toLocaleString('en')} frames) {atOnce ? 'can be had at once' : 'cannot be had'}:{' '}
          {blocks.withTables} of {blocks.all} pageblocks hold a page table, {blocks.withKernel} the kernel’s
          own memory.
        </li>
        <RunLine name="Compaction, tables stay" run={pinned} />
        <RunLine name="Compaction, tables move" run={relocatable} />
        {pinned.hugeFrame !== null && (
          <li>
            In this life some pageblock had no table in the way: compaction alone was enough. Try another
            seed.
          </li>
        )}
      </ul>
      <SelectField
        label="On the map"
        value={shown}
        options={[
          { value: 'move', text: 'compaction, tables move' },
          { value: 'stay', text: 'compaction, tables stay' },
        ]}
        choose={setShown}
      />
      <RecordingPlayer
        key={`${shown} ${String(report.seed)} ${String(frames)} ${String(recording.steps.length)}`}
        label="Frames during compaction"
        recording={recording}
        framesPerNode={frames}
      />
      <div className="report-charts">
        {report.charts.map((chart) => (
          <ChartFigure key={chart.id} chart={chart} />
        ))}
      </div>
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

function RunLine({ name, run: { counts, hugeFrame } }: { readonly name: string; readonly run: DefragRun }) {
  const { pagesMoved, tablesMoved, flushes } = counts;
  return (
    <li>
      <strong>{name}</strong>: {pagesMoved.toLocaleString('en')} pages and {tablesMoved.toLocaleString('en')}{' '}
      tables moved, {flushes} {flushes === 1 ? 'flush' : 'flushes'};{' '}
      {hugeFrame === null
        ? 'no block is large enough, the huge page is refused.'
        : `the huge page is mapped at frame ${hugeFrame.toLocaleString('en')}.`}
    </li>
  );
}
