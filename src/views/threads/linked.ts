import { marksFrame, sameSelection, type Selection } from '../../store/selection.ts';
import { point, select, useWorkbench } from '../../store/workbench.ts';
import { useRun } from '../shown-run.ts';

const unpoint = (): void => {
  point(null);
};

/** Handlers that point at something, in every view, while the pointer or the focus is on an element. */
export function pointing(selection: Selection) {
  const enter = (): void => {
    point(selection);
  };
  return { onPointerEnter: enter, onPointerLeave: unpoint, onFocus: enter, onBlur: unpoint };
}

/** Chooses something, or lets it go when it was chosen already. */
export function toggleSelected(selection: Selection): void {
  select(sameSelection(useWorkbench.getState().selection, selection) ? null : selection);
}

export type Marked = 'chosen' | 'pointed' | undefined;

/** Whether a frame is chosen or pointed at, anywhere; for `data-marked`. */
export function useFrameMark(frame: number): Marked {
  return useRun(({ selection, hover }) =>
    marksFrame(hover, frame) ? 'pointed' : marksFrame(selection, frame) ? 'chosen' : undefined,
  );
}

/** Whether a CPU (or the actor of that index, which runs on it) is chosen or pointed at. */
export function useCpuMark(cpu: number, actor: number): Marked {
  return useRun(({ selection, hover }) => {
    const marks = (s: Selection | null): boolean =>
      (s?.kind === 'cpu' && s.cpu === cpu) || (s?.kind === 'actor' && s.actor === actor);
    return marks(hover) ? 'pointed' : marks(selection) ? 'chosen' : undefined;
  });
}
