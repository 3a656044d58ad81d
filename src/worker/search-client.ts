import { PROGRESS_STATES } from '../reports/audit.ts';
import type { Control } from './in-slices.ts';
import { FEW_STATES, planHere } from './search-plan.ts';
import type {
  Aim,
  Bounds,
  EngineSource,
  Outcome,
  PropertyVerdict,
  SearchProgress,
  Shortest,
  Subject,
} from './search-protocol.ts';
import { failingIn, type Running, withSchedules } from './search-schedules.ts';
import {
  judgeProgress,
  notJudged,
  searchAlone,
  type Stage,
  type StageArgs,
  writeProgram,
} from './search-stage.ts';
import { searchTogether } from './search-team.ts';

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
  /** With the reductions, which change no verdict: schedules and `progress` are searched for without them. */
  readonly reduce?: boolean;
  /** What schedules are to have few of; steps, where it is left out. */
  readonly shortest?: Shortest;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/**
 * Starts a search in workers of its own: in one as long as it is small, then, where the page can, in several, from the beginning.
 * The outcome is rejected, in words, when one of them dies.
 */
export function startSearchWorker(args: SearchArgs): RunningSearch {
  const wanted: Control = { paused: false, stopped: false };
  let current: Pick<Stage, 'obey' | 'close'> | null = null;
  const run = async <T>(stage: Stage<T>): Promise<T> => {
    current = stage;
    if (wanted.paused || wanted.stopped) stage.obey(wanted);
    return await stage.outcome;
  };
  const want = (change: Partial<Control>): void => {
    Object.assign(wanted, change);
    current?.obey(wanted);
  };
  return {
    outcome: searchAndJudge(args, { run, wanted }),
    pause: () => want({ paused: true }),
    resume: () => want({ paused: false }),
    stop: () => want({ stopped: true }),
    close: () => current?.close(),
  };
}

/** The search; then, without reductions, the schedules that were asked for; last `progress`, on all states. */
async function searchAndJudge(args: SearchArgs, running: Running): Promise<Outcome> {
  const { subject, bounds, progress = false, reduce = false, onProgress = () => undefined } = args;
  const { run, wanted } = running;
  const source = await run(writeProgram({ subject, reduce }));
  const found = await searchInStages(args, source, running);
  const more = failingIn(found).length > 0 || (progress && found.ending === 'all');
  const whole =
    reduce && more && !wanted.stopped ? await run(writeProgram({ subject, reduce: false })) : source;
  const stage: StageArgs = { source: whole, subject, bounds, onProgress };
  const outcome = await withSchedules(found, { ...args, stage }, running);
  if (!progress) return outcome;
  if (outcome.ending !== 'all') return withVerdict(outcome, notJudged('search'));
  if (wanted.stopped) return withVerdict(outcome, notJudged('user'));
  const few = { ...bounds, maxStates: Math.min(bounds.maxStates, PROGRESS_STATES) };
  return withVerdict(outcome, await run(judgeProgress({ ...stage, bounds: few })));
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
