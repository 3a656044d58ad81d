import { useEffect, useMemo } from 'react';
import { compareAt, comparedLength, type Side, useCompare } from '../../store/compare.ts';
import { firstDifference } from '../../store/compare-rows.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { ContenderPicker } from './contender-picker.tsx';
import { SideColumn } from './side-column.tsx';
import { StateTable } from './state-table.tsx';
import { StepTable } from './step-table.tsx';
import './compare.css';

/** Two runs side by side, in lock-step, with the first difference marked. */
export function CompareScreen() {
  const { sides, problem, busy, index } = useCompare();
  useEffect(listenToArrows, []);
  return (
    <div className="compare" aria-busy={busy}>
      <h2>Compare two runs in lock-step</h2>
      <ContenderPicker />
      {problem !== '' && (
        <p role="alert" className="compare-problem">
          {problem}
        </p>
      )}
      {sides === null && problem === '' && !busy && (
        <p>
          Nothing is compared yet. Choose a design or a branch above: the steps of the run on the workbench
          are then taken on both sides.
        </p>
      )}
      {sides !== null && <Compared sides={sides} index={index} />}
    </div>
  );
}

function Compared({ sides, index }: { readonly sides: readonly [Side, Side]; readonly index: number }) {
  const [left, right] = sides;
  const first = useMemo(() => firstDifference(left, right), [left, right]);
  const length = comparedLength(sides);
  return (
    <>
      <div className="compare-moves" role="group" aria-label="Move both in time">
        <Button
          label="To the start"
          title="To the start (Home)"
          unavailable={index === 0}
          onClick={() => void compareAt(0)}
        >
          <Icon name="start" />
        </Button>
        <Button
          label="Step both back"
          title="Step both back (←)"
          unavailable={index === 0}
          onClick={() => void compareAt(index - 1)}
        >
          <Icon name="back" />
        </Button>
        <Button
          look="primary"
          title="Step both (→)"
          unavailable={index === length}
          onClick={() => void compareAt(index + 1)}
        >
          <Icon name="step" /> Step both
        </Button>
        <Button
          label="To the end"
          title="To the end (End)"
          unavailable={index === length}
          onClick={() => void compareAt(length)}
        >
          <Icon name="end" />
        </Button>
        <Button unavailable={first < 0} onClick={() => void compareAt(first + 1)}>
          To the first difference
        </Button>
        <p role="status">
          step {index} of {length};{' '}
          {first < 0 ? 'no step differs' : `the first difference is step ${String(first + 1)}`}
        </p>
      </div>
      <div className="compare-sides">
        {sides.map((side, i) => (
          <SideColumn key={i} side={side} place={i === 0 ? 'Left' : 'Right'} />
        ))}
      </div>
      <StepTable sides={sides} index={index} first={first} />
      <StateTable left={left.scene} right={right.scene} />
    </>
  );
}

const OWN_ARROWS = 'input, select, textarea, [role="tab"], [role="listbox"]';

/** The keys of the workbench, for both sides. Gives a function that stops it. */
function listenToArrows(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
    if (target instanceof Element && target.closest(OWN_ARROWS) !== null) return;
    const { index } = useCompare.getState();
    const moments: Readonly<Record<string, number>> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: Infinity,
    };
    const moment = moments[key];
    if (moment === undefined) return;
    event.preventDefault();
    void compareAt(moment);
  };
  addEventListener('keydown', pressed);
  return () => {
    removeEventListener('keydown', pressed);
  };
}
