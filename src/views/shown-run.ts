import { createContext, useContext } from 'react';
import { useWorkbench, type WorkbenchState } from '../store/workbench.ts';

/** What the views of the machine draw: one moment of one run, and what is marked in it. */
export type ShownRun = Pick<
  WorkbenchState,
  'opened' | 'scene' | 'changed' | 'cursor' | 'records' | 'places' | 'selection' | 'hover'
> & {
  /** Too much changed since the moment shown before to be followed. */
  readonly leapt?: boolean;
  /** Whether an element (a key of `elementKey`) differs from the run beside it. */
  readonly differs?: (element: string) => boolean;
};

/** The run that the views below show instead of the workbench's; null for that one. */
export const OtherRun = createContext<ShownRun | null>(null);

/** Something of the run that this part of the page shows. */
export function useRun<T>(pick: (run: ShownRun) => T): T {
  const other = useContext(OtherRun);
  const own = useWorkbench(pick);
  return other === null ? own : pick(other);
}

const nothingDiffers = (): boolean => false;

/** Tells of each element of the state whether it differs from the run beside it; of none where no other run is. */
export function useDiffers(): (element: string) => boolean {
  return useContext(OtherRun)?.differs ?? nothingDiffers;
}
