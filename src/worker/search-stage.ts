import type { Control } from './in-slices.ts';
import { firstOf, workerOf } from './search-program.ts';
import type {
  Aim,
  Bounds,
  Engined,
  EngineSource,
  FewestFound,
  Outcome,
  PropertyVerdict,
  SearchAnswer,
  SearchCommand,
  SearchProgress,
  Subject,
} from './search-protocol.ts';
import writerAddress from './search-worker.ts?worker&url';
import { startModuleWorker } from './start-worker.ts';

/** What a part of a search is given: the program of its workers, and what they search. */
export interface StageArgs {
  readonly source: EngineSource;
  readonly subject: Subject;
  readonly bounds: Bounds;
  readonly onProgress: (progress: SearchProgress) => void;
}

/** A part of a search: by one worker, or by several together. */
export interface Stage<T = Outcome> {
  readonly outcome: Promise<T>;
  /** Takes over what the user wants now. */
  obey(wanted: Control): void;
  /** Ends it at once, without an outcome. */
  close(): void;
}

/** Writes the program of the workers. It takes a tenth of a second, and more for each swap of CPUs that is to be proved: a stop waits for it. */
export function writeProgram(engined: Engined): Stage<EngineSource> {
  const writer = startModuleWorker(writerAddress, 'limbo-search-writer');
  const outcome = firstOf(writer, { do: 'write', ...engined }, (answer) =>
    answer.kind === 'source' ? answer : null,
  ).finally(() => writer.terminate());
  return { outcome, obey: () => undefined, close: () => writer.terminate() };
}

/** Searches in one worker. The outcome is rejected, in words, when it dies. */
export function searchAlone({ source, subject, bounds, onProgress }: StageArgs, aim: Aim | null): Stage {
  const { reduce } = source;
  return inOneWorker(source, { do: 'start', subject, reduce, bounds, aim }, (answer) => {
    if (answer.kind === 'figures') onProgress(answer);
    return answer.kind === 'outcome' ? answer : null;
  });
}

/** Looks in one worker for schedules with the fewest switches. Rejected, in words, when it dies. */
export function searchFewest(
  { source, subject, bounds, onProgress }: StageArgs,
  properties: readonly string[],
): Stage<FewestFound> {
  return inOneWorker(source, { do: 'fewest', subject, bounds, properties }, (answer) => {
    if (answer.kind === 'figures') onProgress(answer);
    return answer.kind === 'fewest' ? answer : null;
  });
}

/** A worker that hears of pauses and of a stop between two slices, and ends with an answer in any case. */
function inOneWorker<T>(
  source: EngineSource,
  command: SearchCommand,
  take: (answer: SearchAnswer) => T | null,
): Stage<T> {
  const worker = workerOf(source);
  return {
    outcome: firstOf(worker, command, take).finally(() => worker.terminate()),
    obey: ({ paused, stopped }) => {
      if (stopped) worker.postMessage({ do: 'stop' });
      else worker.postMessage({ do: paused ? 'pause' : 'resume' });
    },
    close: () => worker.terminate(),
  };
}

/**
 * Judges `progress` in one worker, whose last part is done in one go: a stop ends it at once, without a verdict. Rejected, in words,
 * when the worker dies.
 */
export function judgeProgress({ source, subject, bounds, onProgress }: StageArgs): Stage<PropertyVerdict> {
  const worker = workerOf(source);
  const judged = firstOf(worker, { do: 'judge', subject, bounds }, (answer) => {
    if (answer.kind === 'figures') onProgress(answer);
    return answer.kind === 'judged' ? answer.verdict : null;
  });
  let stop = (): void => undefined;
  const stopped = new Promise<PropertyVerdict>((resolve) => {
    stop = () => resolve(notJudged('user'));
  });
  return {
    outcome: Promise.race([judged, stopped]).finally(() => worker.terminate()),
    obey: (wanted) => {
      if (wanted.stopped) stop();
      else worker.postMessage({ do: wanted.paused ? 'pause' : 'resume' });
    },
    close: () => worker.terminate(),
  };
}

/** The verdict on `progress` where there is none. */
export function notJudged(why: 'search' | 'user'): PropertyVerdict {
  return { property: 'progress', verdict: 'not checked', schedule: null, why };
}
