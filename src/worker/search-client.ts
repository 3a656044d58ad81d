import { PROGRESS_STATES } from '../reports/audit.ts';
import type { Control } from './in-slices.ts';
import { FEW_STATES, planHere } from './search-plan.ts';
import { firstOf } from './search-program.ts';
import type {
  Aim,
  Bounds,
  EngineSource,
  Outcome,
  PropertyVerdict,
  SearchAnswer,
  SearchProgress,
  Subject,
} from './search-protocol.ts';
import { judgeProgress, notJudged, searchAlone, type Stage, type StageArgs } from './search-stage.ts';
import { searchTogether } from './search-team.ts';
import writerAddress from './search-worker.ts?worker&url';
import { startModuleWorker } from './start-worker.ts';

/** A search under way, as the page holds it. */
export interface RunningSearch {
  readonly outcome: Promise<Outcome>;
  pause(): void;
  resume(): void;
  /** Ends it with what was found so far. */
  stop(): void;
  /** Ends it at once, without an outcome: the promise is never settled. */
  close(): void;
}

export interface SearchArgs {
  readonly subject: Subject;
  readonly bounds: Bounds;
  readonly aim?: Aim;
  /** At most so many; as many as the page can have where it is left out. */
  readonly workers?: number;
  /** Whether `progress` is judged, too: after a search that visited everything, on the graph of all states. */
  readonly progress?: boolean;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/**
 * Starts a search in workers of its own: in one as long as it is small, then, where the page can, in several, from the beginning.
 * The outcome is rejected, in words, when one of them dies.
 */
export function startSearchWorker(args: SearchArgs): RunningSearch {
  const writer = startModuleWorker(writerAddress, 'limbo-search-writer');
  const wanted: Control = { paused: false, stopped: false };
  let current: Pick<Stage, 'obey' | 'close'> = { obey: () => undefined, close: () => writer.terminate() };
  const run = async <T>(stage: Stage<T>): Promise<T> => {
    current = stage;
    if (wanted.paused || wanted.stopped) stage.obey(wanted);
    return await stage.outcome;
  };
  const want = (change: Partial<Control>): void => {
    Object.assign(wanted, change);
    current.obey(wanted);
  };
  const outcome = firstOf(writer, { do: 'write', subject: args.subject }, isSource).then((source) => {
    writer.terminate();
    return searchAndJudge(args, source, { run, wanted });
  });
  return {
    outcome,
    pause: () => want({ paused: true }),
    resume: () => want({ paused: false }),
    stop: () => want({ stopped: true }),
    close: () => current.close(),
  };
}

function isSource(answer: SearchAnswer): EngineSource | null {
  return answer.kind === 'source' ? answer : null;
}

interface Running {
  readonly run: <T>(stage: Stage<T>) => Promise<T>;
  readonly wanted: Readonly<Control>;
}

async function searchAndJudge(args: SearchArgs, source: EngineSource, running: Running): Promise<Outcome> {
  const outcome = await searchInStages(args, source, running);
  if (args.progress !== true) return outcome;
  if (outcome.ending !== 'all') return withVerdict(outcome, notJudged('search'));
  if (running.wanted.stopped) return withVerdict(outcome, notJudged('user'));
  const { subject, bounds, onProgress = () => undefined } = args;
  const few = { ...bounds, maxStates: Math.min(bounds.maxStates, PROGRESS_STATES) };
  const judging = judgeProgress({ source, subject, bounds: few, onProgress });
  return withVerdict(outcome, await running.run(judging));
}

/** `progress` stands before the last row, the moments reached. */
function withVerdict(outcome: Outcome, verdict: PropertyVerdict): Outcome {
  return { ...outcome, verdicts: outcome.verdicts.toSpliced(-1, 0, verdict) };
}

async function searchInStages(
  args: SearchArgs,
  source: EngineSource,
  { run, wanted }: Running,
): Promise<Outcome> {
  const { subject, bounds, aim = null, onProgress = () => undefined } = args;
  const workers = aim === null ? Math.min(planHere().workers, args.workers ?? Infinity) : 1;
  const all: StageArgs = { source, subject, bounds, onProgress };
  if (workers === 1 || bounds.maxStates <= FEW_STATES) return await run(searchAlone(all, aim));
  const few = await run(searchAlone({ ...all, bounds: { ...bounds, maxStates: FEW_STATES } }, null));
  if (few.ending !== 'states') return { ...few, bounds };
  if (wanted.stopped) return { ...few, bounds, ending: 'user' };
  return (await run(searchTogether(all, workers))) ?? (await run(searchAlone(all, null)));
}
