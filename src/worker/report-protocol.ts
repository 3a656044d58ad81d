import type { CostParams, CostReport } from '../reports/cost/report.ts';
import type { FastpathReport } from '../reports/fastpath/report.ts';
import type { FastpathParams } from '../reports/fastpath/version-cost.ts';
import type { DefragOptions, DefragReport } from '../reports/memory/defrag.ts';
import type { HotremoveOptions, HotremoveReport } from '../reports/memory/hotremove.ts';
import type { NumaParams } from '../reports/numa/params.ts';
import type { NumaReport, NumaSweeps } from '../reports/numa/report.ts';
import type { MachineAnswer, MachineParams } from './report-machine.ts';

/** What the report worker can work out: parameters and result of each report, by its name. Plain data both. */
export interface ReportJobs {
  readonly numa: { readonly params: NumaParams; readonly result: NumaReport };
  readonly 'numa-sweeps': { readonly params: NumaParams; readonly result: NumaSweeps };
  readonly cost: { readonly params: CostParams; readonly result: CostReport };
  readonly fastpath: { readonly params: FastpathParams; readonly result: FastpathReport };
  readonly hotremove: { readonly params: HotremoveOptions; readonly result: HotremoveReport };
  readonly defrag: { readonly params: DefragOptions; readonly result: DefragReport };
  readonly machine: { readonly params: MachineParams; readonly result: MachineAnswer };
}

export type ReportName = keyof ReportJobs;
export type ParamsOf<N extends ReportName> = ReportJobs[N]['params'];
export type ResultOf<N extends ReportName> = ReportJobs[N]['result'];

/** Told by a long computation now and then: the share that is done, 0 to 1. */
export type TellProgress = (share: number) => void;

/** Sent once to a worker, which does this one thing. */
export type ReportCommand = {
  readonly [N in ReportName]: { readonly report: N; readonly params: ParamsOf<N> };
}[ReportName];

export type ReportMessage<N extends ReportName> =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'result'; readonly result: ResultOf<N> };
