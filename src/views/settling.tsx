import { type ReactNode, useContext } from 'react';
import { type Settled, settledOf } from '../store/state.ts';
import { useWorkbench } from '../store/workbench.ts';
import { OtherRun } from './shown-run.ts';
import './settling.css';

/** What a view of much text shows: the moment at the cursor, but while the timeline is dragged the one from which it was. */
export function useSettled(): Settled {
  const own = useWorkbench((state) => state.settled);
  const other = useContext(OtherRun);
  return other === null ? own : settledOf({ ...other, choices: [] });
}

/** Such a view. While it stays behind it says which moment it shows. */
export function Settling({ children }: { readonly children: ReactNode }) {
  const isOther = useContext(OtherRun) !== null;
  const step = useWorkbench(({ dragged, settled }) => (dragged ? settled.cursor : null));
  return (
    <div className="settling">
      {children}
      {step !== null && !isOther && (
        <p className="settling-veil">
          <span>Still step {step.toLocaleString('en')}: follows when the timeline rests</span>
        </p>
      )}
    </div>
  );
}
