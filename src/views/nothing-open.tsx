import { useWorkbench } from '../store/workbench.ts';

interface NothingOpenProps {
  /** What would stand here: "its page tables". */
  readonly what: string;
}

/** What a view says before there is a run: that one is on its way, or what to do where none came. */
export function NothingOpen({ what }: NothingOpenProps) {
  const failed = useWorkbench((state) => state.notice !== null && !state.busy);
  return (
    <p className="view-empty">
      {failed
        ? `No run is open. Choose a scenario or open a capture: ${what} will stand here.`
        : `Opening the run: ${what} will stand here in a moment …`}
    </p>
  );
}
