import type { Answer, AnswerMessage, Progress, Request } from './protocol.ts';
import { startModuleWorker } from './start-worker.ts';
import workerAddress from './worker.ts?worker&url';

/** The page's end of the worker. */
export interface Client {
  /** Sends a request; rejects with WorkerDied when the worker is gone. `onProgress` hears of long ones. */
  ask(request: Request, options?: AskOptions): Promise<Answer>;
  /** Ends the worker: everything still asked is rejected. */
  close(): void;
}

export interface AskOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting asks the worker to stop; what was done so far is the answer. */
  readonly signal?: AbortSignal;
}

/** The worker threw or could not be started. What the page shows can be opened again in a new worker. */
export class WorkerDied extends Error {}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Wraps a worker in promises. `onDeath` is called once, with the reason in words. */
export function createClient(worker: Worker, onDeath: (reason: string) => void): Client {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let dead: string | null = null;

  const die = (reason: string): void => {
    if (dead !== null) return;
    dead = reason;
    worker.terminate();
    for (const { reject } of waiting.values()) reject(new WorkerDied(reason));
    waiting.clear();
    onDeath(reason);
  };
  worker.addEventListener('error', (event) => {
    // A script that cannot be fetched gives an event without a message, whatever its type says.
    const message: unknown = event.message;
    die(typeof message === 'string' && message !== '' ? message : 'The simulation could not be started.');
  });
  worker.addEventListener('messageerror', () => {
    die('A message of the simulation could not be read.');
  });
  worker.addEventListener('message', ({ data }: MessageEvent<AnswerMessage>) => {
    const { id, answer } = data;
    if (answer.kind === 'progress') {
      waiting.get(id)?.onProgress?.(answer);
      return;
    }
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  });

  return {
    ask(request, { onProgress, signal } = {}) {
      if (dead !== null) return Promise.reject(new WorkerDied(dead));
      const id = nextId++;
      signal?.addEventListener('abort', () => {
        worker.postMessage({ cancel: id });
      });
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, onProgress });
        worker.postMessage({ id, request }, request.do === 'load' ? [request.bytes] : []);
      });
    },
    close() {
      die('The simulation was closed.');
    },
  };
}

/** Starts the simulation's worker: part of the build, same origin, under the page's policy. */
export function startWorker(): Worker {
  return startModuleWorker(workerAddress, 'limbo');
}
