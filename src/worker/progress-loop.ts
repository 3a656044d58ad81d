import { engineText, tablesObject } from '../explorer/engine.ts';
import { type Judgement, type Progress, progressOn, startProgress } from '../explorer/liveness.ts';
import { createMachine, createModel } from '../explorer/model.ts';
import { graphFigures } from '../explorer/state-graph.ts';
import { PROGRESS_EXCUSE, progressVerdict } from '../reports/verdicts.ts';
import { inSlices, SLICE_MS } from './in-slices.ts';
import { assemble, type LoopArgs, sentVerdict } from './search-loop.ts';
import type { ProgressJudged, PropertyVerdict } from './search-protocol.ts';

/** States expanded between two looks at the clock. */
const BATCH = 500;

/**
 * Judges `progress` of a subject: makes the graph of its states in slices, within the bounds, and looks for a fair run without end. Who does
 * not want to wait for the last part, which is one slice however large, ends the worker.
 */
export async function progressLoop(args: Omit<LoopArgs, 'aim'>): Promise<ProgressJudged> {
  const judgement = begin(args);
  const { result } = await inSlices({
    ...args,
    slice: () => slice(judgement, args.now),
    figures: (seconds) => ({
      kind: 'figures',
      stage: 'progress',
      figures: { ...graphFigures(judgement.making), seconds },
      workers: 1,
      broken: [],
    }),
  });
  return { kind: 'judged', verdict: verdictOn(result) };
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
