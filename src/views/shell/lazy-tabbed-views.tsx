import { lazy, Suspense } from 'react';
import type { ViewName } from './views.tsx';

const TabbedViews = lazy(() =>
  import('./tabbed-views.tsx').then((module) => ({ default: module.TabbedViews })),
);

/** Views that share one place. Tabs are for small screens, and fetched there. */
export function LazyTabbedViews({ names }: { readonly names: readonly ViewName[] }) {
  return (
    <Suspense fallback={null}>
      <TabbedViews names={names} />
    </Suspense>
  );
}
