import type { Analysis, Question } from './analysis.ts';
import type { AnalysisAnswer } from './analysis-worker.ts';
import workerAddress from './analysis-worker.ts?worker&url';
import { startModuleWorker } from './start-worker.ts';

export interface RunningAnalysis {
  /** Null when the schedule does not break the property. Rejected, in words, when the worker fails. */
  readonly analysis: Promise<Analysis | null>;
  /** Ends it at once; the promise is never settled. */
  close(): void;
}

/** Looks at a schedule in a worker of its own. */
export function startAnalysis(question: Question): RunningAnalysis {
  const worker = startModuleWorker(workerAddress, 'limbo-analysis');
  const analysis = new Promise<Analysis | null>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<AnalysisAnswer>) => {
      worker.terminate();
      if (data.kind === 'analysis') resolve(data.analysis);
      else reject(new Error(data.why));
    });
    worker.addEventListener('error', () => {
      worker.terminate();
      reject(new Error('its program could not be loaded'));
    });
    worker.postMessage(question);
  });
  return { analysis, close: () => worker.terminate() };
}
