import type { ParamsOf, ReportMessage, ReportName, ResultOf, TellProgress } from './report-protocol.ts';
import workerAddress from './report-worker.ts?worker&url';
import { startModuleWorker } from './start-worker.ts';

/** A report under way, as the page holds it. */
export interface RunningReport<N extends ReportName> {
  /** Rejected, in words, when the worker dies. Never settled once `cancel` was called. */
  readonly result: Promise<ResultOf<N>>;
  /** Ends it at once. */
  cancel(): void;
}

export interface ReportArgs<N extends ReportName> {
  readonly report: N;
  readonly params: ParamsOf<N>;
  readonly onProgress?: TellProgress;
}

/** Works out a report in a worker of its own, which ends with it. */
export function startReport<N extends ReportName>(args: ReportArgs<N>): RunningReport<N> {
  const { report, params, onProgress } = args;
  const worker = startModuleWorker(workerAddress, 'limbo-report');
  const result = new Promise<ResultOf<N>>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ReportMessage<N>>) => {
      if (data.kind === 'progress') {
        onProgress?.(data.share);
        return;
      }
      worker.terminate();
      resolve(data.result);
    });
    worker.addEventListener('error', (event) => {
      // A script that cannot be fetched gives an event without a message, whatever its type says.
      const message: unknown = event.message;
      worker.terminate();
      reject(new Error(typeof message === 'string' && message !== '' ? message : 'it could not be loaded'));
    });
    worker.postMessage({ report, params });
  });
  return { result, cancel: () => worker.terminate() };
}
