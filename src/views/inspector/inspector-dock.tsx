import { lazy, Suspense } from 'react';
import { useInspector } from '../../store/inspector.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { ErrorBoundary } from '../shell/error-boundary.tsx';

/** Fetched when something is first chosen. */
const Inspector = lazy(() => import('./inspector.tsx').then((module) => ({ default: module.Inspector })));

/** What is chosen, beside the views; nothing while nothing is, or while the reader does not want it. */
export function InspectorDock() {
  const wanted = useInspector((state) => state.wanted);
  const hasChosen = useWorkbench((state) => state.selection !== null && state.opened !== null);
  if (!wanted || !hasChosen) return null;
  return (
    <aside className="dock inspector-dock" aria-label="Inspector">
      <ErrorBoundary what="The inspector">
        <Suspense fallback={null}>
          <Inspector />
        </Suspense>
      </ErrorBoundary>
    </aside>
  );
}
