import { useMemo, useState } from 'react';
import { useCompare } from '../../store/compare.ts';
import { type Side } from '../../store/compare-side.ts';
import type { ViewName } from '../shell/views.tsx';
import { comparable, type Differences, stateDifferences } from './differences.ts';
import { MoveBar } from './move-bar.tsx';
import { SideColumn } from './side-column.tsx';
import { rememberViews, shownViews, ViewChoice } from './view-choice.tsx';
import { StateTable } from './state-table.tsx';
import { StepTable } from './step-table.tsx';

const NONE: Differences = { listed: [], count: 0, differs: () => false };

/** Both runs at the moment shown: where they stand, their machines, their steps, and what differs. */
export function Compared({ sides }: { readonly sides: readonly [Side, Side] }) {
  const [left, right] = sides;
  const index = useCompare((state) => state.index);
  const [views, setViews] = useState<readonly ViewName[]>(shownViews);
  const [active, setActive] = useState(0);
  const first = useCompare(({ landmarks }) => landmarks.differences[0] ?? null);
  const isSameWorld = useMemo(() => comparable(left.opened, right.opened), [left.opened, right.opened]);
  const differences = useMemo(
    () => (isSameWorld ? stateDifferences(left.scene, right.scene) : NONE),
    [isSameWorld, left.scene, right.scene],
  );
  const choose = (chosen: readonly ViewName[]): void => {
    setViews(chosen);
    rememberViews(chosen);
  };
  return (
    <>
      <MoveBar sides={sides}>
        <ViewChoice shown={views} choose={choose} />
      </MoveBar>
      <div className="compare-sides">
        {sides.map((side, i) => (
          <SideColumn
            key={i}
            side={side}
            place={i === 0 ? 'Left' : 'Right'}
            views={views}
            differences={differences}
            marks={isSameWorld || active === i}
            onActive={() => setActive(i)}
          />
        ))}
      </div>
      <StepTable sides={sides} index={index} first={first === null ? -1 : first - 1} />
      {isSameWorld ? (
        <StateTable differences={differences} />
      ) : (
        <p>
          These runs are of different machines: their steps stand side by side, their states are not compared.
        </p>
      )}
    </>
  );
}
