import { useCallback, useEffect, useRef, useState } from 'react';
import { type RunningReport, startReport } from '../../worker/report-client.ts';
import type { ParamsOf, ReportName, ResultOf } from '../../worker/report-protocol.ts';

/** A report as a view holds it: the last result stays while the next is worked out. */
export interface ReportState<N extends ReportName> {
  readonly status: 'none' | 'running' | 'done' | 'cancelled' | 'dead';
  readonly result: ResultOf<N> | null;
  /** The share that is done, 0 to 1, while it runs. */
  readonly share: number;
  /** Why it ended without a result; empty unless it did. */
  readonly reason: string;
}

export interface ReportHandle<N extends ReportName> extends ReportState<N> {
  readonly start: (params: ParamsOf<N>) => void;
  readonly cancel: () => void;
}

/** Works out a report in a worker when `start` is called; a run under way is given up. Ends with the view. */
export function useReport<N extends ReportName>(report: N): ReportHandle<N> {
  const [state, setState] = useState<ReportState<N>>({ status: 'none', result: null, share: 0, reason: '' });
  const running = useRef<RunningReport<N>>(null);
  useEffect(
    () => () => {
      running.current?.cancel();
    },
    [],
  );
  const start = useCallback(
    (params: ParamsOf<N>) => {
      running.current?.cancel();
      setState((old) => ({ ...old, status: 'running', share: 0, reason: '' }));
      const mine = startReport({
        report,
        params,
        onProgress: (share) => setState((old) => ({ ...old, share })),
      });
      running.current = mine;
      mine.result.then(
        (result) => setState({ status: 'done', result, share: 1, reason: '' }),
        (error: unknown) =>
          setState((old) => ({
            ...old,
            status: 'dead',
            reason: error instanceof Error ? error.message : String(error),
          })),
      );
    },
    [report],
  );
  const cancel = useCallback(() => {
    running.current?.cancel();
    setState((old) => ({ ...old, status: 'cancelled' }));
  }, []);
  return { ...state, start, cancel };
}
