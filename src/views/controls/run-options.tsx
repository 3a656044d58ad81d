import { Popover } from '@base-ui/react/popover';
import { useId } from 'react';
import { setSeed, setStopOnViolation, useWorkbench } from '../../store/workbench.ts';
import { StopList } from './stop-list.tsx';

/** Which seed a run goes by, and where it stops. */
export function RunOptions() {
  return (
    <Popover.Root>
      <Popover.Trigger className="button">Run options</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="play-place" align="end" sideOffset={4}>
          <Popover.Popup className="play-popup" aria-label="Run options">
            <Seed />
            <StopOnViolation />
            <StopList />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Seed() {
  const id = useId();
  const seed = useWorkbench((state) => state.seed);
  return (
    <div className="seed">
      <label htmlFor={id}>Seed</label>
      <input
        id={id}
        className="field"
        type="number"
        min={0}
        max={2 ** 31 - 1}
        step={1}
        value={seed}
        onChange={({ target }) => {
          const value = target.valueAsNumber;
          if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) setSeed(value);
        }}
      />
      <p>Decides who moves when you do not. The same seed gives the same run.</p>
    </div>
  );
}

function StopOnViolation() {
  const stop = useWorkbench((state) => state.stopOnViolation);
  return (
    <label className="check">
      <input type="checkbox" checked={stop} onChange={({ target }) => setStopOnViolation(target.checked)} />
      Stop at the first violation of a property
    </label>
  );
}
