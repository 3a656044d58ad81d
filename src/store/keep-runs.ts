import { useWorkbench } from './workbench.ts';

/** Keeps runs in this browser from their first step on; what keeps them is fetched then. Gives a function that stops it. */
export function keepRuns(): () => void {
  let isStopped = false;
  let stop = useWorkbench.subscribe(({ records }) => {
    if (records.length === 0) return;
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
