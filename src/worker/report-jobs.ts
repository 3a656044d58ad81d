import { costReport } from '../reports/cost/report.ts';
import { fastpathReport } from '../reports/fastpath/report.ts';
import { defrag } from '../reports/memory/defrag.ts';
import { hotremove } from '../reports/memory/hotremove.ts';
import { numaReport, numaSweeps } from '../reports/numa/report.ts';
import { machineOfFile } from './report-machine.ts';
import type { ParamsOf, ReportName, ResultOf, TellProgress } from './report-protocol.ts';

/** The function behind each report. Pure but for `tell`. */
export const REPORT_JOBS: {
  readonly [N in ReportName]: (params: ParamsOf<N>, tell: TellProgress) => ResultOf<N>;
} = {
  numa: numaReport,
  'numa-sweeps': numaSweeps,
  cost: costReport,
  fastpath: fastpathReport,
  hotremove,
  defrag,
  machine: machineOfFile,
};
