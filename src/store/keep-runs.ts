import { useWorkbench } from './workbench.ts';

/** Keeps runs in this browser from the first step on, or the second run that is opened; what keeps them is fetched then. Gives a function that stops it. */
export function keepRuns(): () => void {
  let isStopped = false;
  let first: ReturnType<typeof useWorkbench.getState>['opened'] = null;
  let stop = useWorkbench.subscribe(({ records, opened }) => {
    first ??= opened;
    if (records.length === 0 && opened === first) return;
    stop();
    void import('./recent.ts').then(({ watchRuns }) => {
      if (!isStopped) stop = watchRuns();
    });
  });
  return () => {
    isStopped = true;
    stop();
  };
}
