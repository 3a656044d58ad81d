import { useWorkbench, type WorkbenchState } from '../../store/workbench.ts';

/** A browser tells its windows of each new title: not more often than this. */
const THROTTLE_MS = 200;

/**
 * Keeps the title of the page: the step and what is open. Outside of React, so that a step does not render the page for it.
 * Gives a function that stops it.
 */
export function watchTitle(): () => void {
  let timer = 0;
  const write = (): void => {
    timer = 0;
    document.title = titleOf(useWorkbench.getState());
  };
  const forget = useWorkbench.subscribe((state, before) => {
    const same = state.cursor === before.cursor && state.opened === before.opened;
    if (!same && timer === 0) timer = window.setTimeout(write, THROTTLE_MS);
  });
  write();
  return () => {
    forget();
    clearTimeout(timer);
  };
}

/** `Step 3: Two dirty bits, one moving table – Limbo`. */
export function titleOf({ opened, cursor }: Pick<WorkbenchState, 'opened' | 'cursor'>): string {
  return opened === null ? 'Limbo' : `Step ${String(cursor)}: ${opened.title} – Limbo`;
}
