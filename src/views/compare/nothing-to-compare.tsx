import { useState } from 'react';
import { compareFailingRun } from '../../store/contenders.ts';
import { showScreen, WORKBENCH } from '../../store/screens.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';

/** What to do where there is no comparison yet. */
export function NothingToCompare() {
  const opened = useWorkbench((state) => state.opened);
  const hasSteps = useWorkbench((state) => state.records.length > 0);
  const [failed, setFailed] = useState(false);
  if (opened === null) return <p>Opening the run on the workbench …</p>;
  if (hasSteps) return <p>Choose a design, a branch or a run file above, and press Compare.</p>;
  const example = (): void => void compareFailingRun().then((found) => setFailed(!found));
  return (
    <div className="compare-nothing">
      <p>
        The run on the workbench has no steps yet, and it is its steps that are taken on both sides. Take some
        there, or begin with a schedule that breaks a property, as the audit found it: its steps in the broken
        design at the left, in the repaired one at the right.
      </p>
      <p>
        <Button look="primary" onClick={example}>
          Compare a failing run
        </Button>{' '}
        <Button onClick={() => showScreen(WORKBENCH)}>To the workbench</Button>
      </p>
      {failed && (
        <p role="alert">The audit could not be fetched. Take steps on the workbench instead, or try again.</p>
      )}
    </div>
  );
}
