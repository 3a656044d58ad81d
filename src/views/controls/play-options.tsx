import { lazy, Suspense } from 'react';
import { Speed } from './speed.tsx';

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
