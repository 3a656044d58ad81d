import { lazy, Suspense } from 'react';
import { Transport } from '../controls/transport.tsx';
import { PropertiesStrip } from '../properties/properties-strip.tsx';
import { TimelineView } from '../timeline/timeline-view.tsx';
import { Announcer } from './announcer.tsx';
import { DropZone } from './drop-zone.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { LazyDialogs } from './lazy-dialogs.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { useMedia } from './use-media.ts';
import { ViewPanel } from './view-panel.tsx';
import { VIEWS } from './views.tsx';
import { WideViews } from './wide-views.tsx';
import './shell.css';

/** Tabs are for small screens, and fetched there. */
const TabbedViews = lazy(() =>
  import('./tabbed-views.tsx').then((module) => ({ default: module.TabbedViews })),
);

/** The frame around the views. */
export function Shell() {
  const isWide = useMedia('(width >= 64rem)');
  return (
    <div className="shell">
      <Header panels={isWide} />
      <NoticeBar />
      <Transport />
      <main className="views">
        <Views isWide={isWide} />
      </main>
      <ErrorBoundary what="The list of properties">
        <PropertiesStrip />
      </ErrorBoundary>
      <ErrorBoundary what="The timeline">
        <TimelineView />
      </ErrorBoundary>
      <Announcer />
      <LazyDialogs />
      <DropZone />
    </div>
  );
}

function Views({ isWide }: { readonly isWide: boolean }) {
  const isNarrow = useMedia('(width < 40rem)');
  if (isWide) return <WideViews />;
  if (isNarrow)
    return (
      <Suspense fallback={null}>
        <TabbedViews names={['tree', 'threads', 'tlb', 'memory']} />
      </Suspense>
    );
  return (
    <div className="views-medium">
      <ViewPanel title={VIEWS.tree.title}>{VIEWS.tree.element}</ViewPanel>
      <Suspense fallback={null}>
        <TabbedViews names={['threads', 'tlb', 'memory']} />
      </Suspense>
    </div>
  );
}
