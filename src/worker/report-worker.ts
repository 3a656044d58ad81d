import { REPORT_JOBS } from './report-jobs.ts';
import type { ParamsOf, ReportCommand, ReportMessage, ReportName } from './report-protocol.ts';

/** Works out one report, says how far it is, and answers with the result. What goes wrong is the worker's error event. */
function carryOut<N extends ReportName>(report: N, params: ParamsOf<N>): void {
  const post = (message: ReportMessage<N>): void => {
    postMessage(message);
  };
  const result = REPORT_JOBS[report](params, (share) => {
    post({ kind: 'progress', share });
  });
  post({ kind: 'result', result });
}

addEventListener('message', ({ data }: MessageEvent<ReportCommand>) => {
  carryOut(data.report, data.params);
});
