import type { EngineSource, SearchAnswer, SearchCommand } from './search-protocol.ts';

/** The page's policy lets no text run, but a worker made of it. */
export function workerOf({ text }: EngineSource): Worker {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module', name: 'limbo-search' });
  const forget = (): void => URL.revokeObjectURL(address);
  worker.addEventListener('message', forget, { once: true });
  worker.addEventListener('error', forget, { once: true });
  return worker;
}

/** Sends a command, and resolves with the first answer that `take` takes. Rejects when the worker dies. */
export function firstOf<T>(
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
