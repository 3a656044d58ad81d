import { useWorkbench, type WorkbenchState } from '../../store/workbench.ts';

/** A browser tells its windows of each new title, which takes it milliseconds: it is written once the run rests so long. */
const REST_MS = 200;

/**
 * Keeps the title of the page: the step and what is open. Outside of React, so that a step does not render the page for it.
 * Gives a function that stops it.
 */
export function watchTitle(): () => void {
  let timer = 0;
  const write = (): void => {
    document.title = titleOf(useWorkbench.getState());
  };
  const forget = useWorkbench.subscribe((state, before) => {
    if (state.cursor === before.cursor && state.opened === before.opened) return;
    clearTimeout(timer);
    timer = window.setTimeout(write, REST_MS);
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
