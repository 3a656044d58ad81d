import type {
  Aim,
  Bounds,
  EngineSource,
  Outcome,
  SearchAnswer,
  SearchCommand,
  SearchProgress,
  Subject,
} from './search-protocol.ts';
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
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** Starts a search in a worker of its own. The outcome is rejected, in words, when the worker dies. */
export function startSearchWorker({ subject, bounds, aim, onProgress }: SearchArgs): RunningSearch {
  const writer = startModuleWorker(writerAddress, 'limbo-search-writer');
  let current = writer;
  /** What was asked while the program was still being written. */
  const early: SearchCommand[] = [];
  const send = (command: SearchCommand): void => {
    if (current === writer) early.push(command);
    else current.postMessage(command);
  };
  const outcome = (async (): Promise<Outcome> => {
    const source = await firstOf(writer, { do: 'write', subject }, isSource);
    writer.terminate();
    current = workerOf(source);
    const result = firstOf(current, { do: 'start', subject, bounds, aim: aim ?? null }, (answer) => {
      if (answer.kind === 'figures') onProgress?.(answer);
      return answer.kind === 'outcome' ? answer : null;
    });
    for (const command of early) current.postMessage(command);
    try {
      return await result;
    } finally {
      current.terminate();
    }
  })();
  return {
    outcome,
    pause: () => send({ do: 'pause' }),
    resume: () => send({ do: 'resume' }),
    stop: () => send({ do: 'stop' }),
    close: () => current.terminate(),
  };
}

function isSource(answer: SearchAnswer): EngineSource | null {
  return answer.kind === 'source' ? answer : null;
}

/** The page's policy lets no text run, but a worker made of it. */
function workerOf({ text }: EngineSource): Worker {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module', name: 'limbo-search' });
  const forget = (): void => URL.revokeObjectURL(address);
  worker.addEventListener('message', forget, { once: true });
  worker.addEventListener('error', forget, { once: true });
  return worker;
}

/** Sends a command, and resolves with the first answer that `take` takes. Rejects when the worker dies. */
function firstOf<T>(
  worker: Worker,
  command: SearchCommand,
  take: (answer: SearchAnswer) => T | null,
): Promise<T> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<SearchAnswer>) => {
      const taken = take(data);
      if (taken !== null) resolve(taken);
    });
    worker.addEventListener('error', (event) => {
      const message: unknown = event.message;
      const said =
        typeof message === 'string' && message !== '' ? message : 'its program could not be loaded';
      worker.terminate();
      reject(new Error(said));
    });
    worker.postMessage(command);
  });
}
