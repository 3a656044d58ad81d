import { engineText, tablesObject } from '../explorer/engine.ts';
import { type Judgement, type Progress, progressOn, startProgress } from '../explorer/liveness.ts';
import { createMachine, createModel } from '../explorer/model.ts';
import { graphFigures } from '../explorer/state-graph.ts';
import { PROGRESS_EXCUSE, progressVerdict } from '../reports/verdicts.ts';
import { assemble, type LoopArgs, REPORT_MS, sentVerdict, SLICE_MS } from './search-loop.ts';
import type { ProgressJudged, PropertyVerdict } from './search-protocol.ts';

/** States expanded between two looks at the clock. */
const BATCH = 500;

/**
 * Judges `progress` of a subject: makes the graph of its states in slices, within the bounds, and looks for a fair run without end. Who does
 * not want to wait for the last part, which is one slice however large, ends the worker.
 */
export async function progressLoop(args: Omit<LoopArgs, 'aim'>): Promise<ProgressJudged> {
  const { control, report, now } = args;
  const judgement = begin(args);
  let [busyMs, reported] = [0, 0];
  for (;;) {
    const from = now();
    const progress = control.paused ? null : slice(judgement, now);
    if (progress !== null) return { kind: 'judged', verdict: verdictOn(progress) };
    if (!control.paused) busyMs += now() - from;
    if (now() - reported >= REPORT_MS) {
      reported = now();
      const figures = { ...graphFigures(judgement.making), seconds: busyMs / 1000 };
      report({ kind: 'figures', stage: 'progress', figures, workers: 1, broken: [] });
    }
    await args.pause();
  }
}

function begin({ subject, bounds, make }: Omit<LoopArgs, 'aim'>): Judgement {
  const spec = assemble(subject).built.model;
  const model = createModel(spec);
  const engine = make(createMachine(model).words, tablesObject(spec));
  const { maxStates, maxBytes } = bounds;
  const limits = { maxStates, maxBytes, excuse: PROGRESS_EXCUSE };
  return startProgress(model, { engine, text: engineText(spec) }, limits);
}

function slice(judgement: Judgement, now: () => number): Progress | null {
  const until = now() + SLICE_MS;
  let progress = progressOn(judgement, BATCH);
  while (progress === null && now() < until) progress = progressOn(judgement, BATCH);
  return progress;
}

function verdictOn(progress: Progress): PropertyVerdict {
  const verdict = progressVerdict(progress);
  const { cycleStart, excused } = verdict;
  return {
    ...sentVerdict(verdict),
    ...(cycleStart !== undefined && { cycleStart }),
    ...(excused === true && { excused }),
    ...(progress.verdict === 'not checked' && { why: progress.why }),
  };
}
