import { type ReactNode, useContext } from 'react';
import { type Settled, settledOf } from '../store/state.ts';
import { useWorkbench } from '../store/workbench.ts';
import { OtherRun } from './shown-run.ts';
import './settling.css';

const NO_WORDS = new Int32Array(0);

/** What a view of much text shows: the moment at the cursor, but while the timeline is dragged the one from which it was. */
export function useSettled(): Settled {
  return useHeld('settled');
}

/** What a view shows that follows the tree: the moment at the cursor, but while the timeline is dragged a frame later. */
export function useFollowing(): Settled {
  return useHeld('following');
}

function useHeld(which: 'settled' | 'following'): Settled {
  const own = useWorkbench((state) => state[which]);
  const other = useContext(OtherRun);
  return other === null ? own : settledOf({ ...other, choices: [], before: NO_WORDS });
}

/** Such a view. While it stays behind it says which moment it shows. */
export function Settling({ children }: { readonly children: ReactNode }) {
  const isOther = useContext(OtherRun) !== null;
  const behind = useWorkbench(({ settled, scene }) => settled.scene !== scene);
  const step = useWorkbench(({ dragged, settled }) => (dragged ? settled.cursor : null));
  return (
    <div className="settling" aria-busy={behind && !isOther ? true : undefined}>
      {children}
      {step !== null && !isOther && (
        <p className="settling-veil">
          <span>Still step {step.toLocaleString('en')}: follows when the timeline rests</span>
        </p>
      )}
    </div>
  );
}
