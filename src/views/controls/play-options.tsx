import { lazy, Suspense } from 'react';
import { SPEEDS } from '../../store/play.ts';
import { setSpeed, useWorkbench } from '../../store/workbench.ts';

/** The first picture does not wait for it. */
const RunOptions = lazy(() => import('./run-options.tsx').then((module) => ({ default: module.RunOptions })));

/** How playing goes: how fast, after which seed, and where it stops. */
export function PlayOptions() {
  return (
    <div className="play-options">
      <Speed />
      <Suspense fallback={<span className="button">Run options</span>}>
        <RunOptions />
      </Suspense>
    </div>
  );
}

function Speed() {
  const speed = useWorkbench((state) => state.stepsPerSecond);
  return (
    <select
      className="field"
      aria-label="Speed of playing"
      value={speed}
      onChange={({ target }) => setSpeed(Number(target.value))}
    >
      {SPEEDS.map((value) => (
        <option key={value} value={value}>
          {value === 1 ? '1 step/s' : `${String(value)} steps/s`}
        </option>
      ))}
    </select>
  );
}
