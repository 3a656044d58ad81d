import type { Control } from './in-slices.ts';
import { firstOf, workerOf } from './search-program.ts';
import type {
  Aim,
  Bounds,
  EngineSource,
  Outcome,
  PropertyVerdict,
  SearchProgress,
  Subject,
} from './search-protocol.ts';

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

/** Searches in one worker. The outcome is rejected, in words, when it dies. */
export function searchAlone({ source, subject, bounds, onProgress }: StageArgs, aim: Aim | null): Stage {
  const worker = workerOf(source);
  const outcome = firstOf(worker, { do: 'start', subject, bounds, aim }, (answer) => {
    if (answer.kind === 'figures') onProgress(answer);
    return answer.kind === 'outcome' ? answer : null;
  }).finally(() => worker.terminate());
  return {
    outcome,
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
