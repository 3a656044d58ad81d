import { lazy, Suspense, useEffect, useRef } from 'react';
import { useDialog } from '../../store/dialogs.ts';
import { usePresenting } from '../../store/presenting.ts';
import { showScreen, useDock, useScreen, WORKBENCH } from '../../store/screens.ts';
import { Button } from '../controls/button.tsx';
import { Transport } from '../controls/transport.tsx';
import { InspectorDock } from '../inspector/inspector-dock.tsx';
import { PropertiesStrip } from '../properties/properties-strip.tsx';
import { TimelineView } from '../timeline/timeline-view.tsx';
import { Announcer } from './announcer.tsx';
import { DropZone } from './drop-zone.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { LazyDialogs } from './lazy-dialogs.tsx';
import { LazyPalette } from './lazy-palette.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { LazyTabbedViews } from './lazy-tabbed-views.tsx';
import type { ScreenEntry, ScreenList } from './screen-list.ts';
import { useMedia } from './use-media.ts';
import { ViewPanel } from './view-panel.tsx';
import { VIEWS } from './views.tsx';
import { Greeting } from './greeting.tsx';
import { WideViews } from './wide-views.tsx';
import './shell.css';

/** For a projector, and fetched for one. */
const Presenter = lazy(() =>
  import('../present/presenter.tsx').then((module) => ({ default: module.Presenter })),
);

/** The frame around the views: the header, and below it the workbench or another screen. */
export function Shell({ list }: { readonly list: ScreenList }) {
  const isWide = useMedia('(width >= 64rem)');
  const screen = useScreen((state) => list.screens.find(({ id }) => id === state.screen));
  const isPresenting = usePresenting(({ view }) => view !== null);
  return (
    <div className="shell">
      {!isPresenting && <Header panels={isWide && screen === undefined} screens={list.screens} />}
      <NoticeBar />
      <UnknownScreen {...list} />
      {isPresenting ? (
        <Suspense fallback={<p className="screen-to-come">Fetching the presentation …</p>}>
          <Presenter />
        </Suspense>
      ) : screen === undefined ? (
        <Workbench isWide={isWide} list={list} />
      ) : (
        <OtherScreen screen={screen} />
      )}
      <Announcer />
      <LazyDialogs />
      <LazyPalette list={list} />
      <DropZone />
    </div>
  );
}

/** Says so where the address names a screen that there is not. */
function UnknownScreen({ screens }: ScreenList) {
  const asked = useScreen(({ screen }) => screen);
  if (asked === WORKBENCH || screens.some(({ id }) => id === asked)) return null;
  return (
    <div role="alert" className="notice notice-error">
      <p>
        There is no screen “{asked}” here: the workbench is shown. The others stand in the line at the top.
      </p>
      <Button look="quiet" onClick={() => showScreen(WORKBENCH)}>
        Dismiss
      </Button>
    </div>
  );
}

function OtherScreen({ screen: { title, component: Screen } }: { readonly screen: ScreenEntry }) {
  const main = useRef<HTMLElement>(null);
  // What led here may be gone with the screen before; the keyboard goes on where there is something to read.
  useEffect(() => {
    const { activeElement: active, body } = document;
    const isLeft =
      active instanceof Element && active.closest('.dialog') !== null && !useDialog.getState().returnsFocus;
    if (active === body || isLeft) main.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main ref={main} className="screen" tabIndex={-1}>
      <ErrorBoundary what={title}>
        <Suspense fallback={<p className="screen-to-come">Fetching {title} …</p>}>
          <Screen />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}

function Workbench({ isWide, list }: { readonly isWide: boolean; readonly list: ScreenList }) {
  // Beside a companion, four views have room for their words only here.
  const isRoomy = useMedia('(width >= 80rem)');
  const hasDock = useDock(({ dock }) => dock !== null);
  return (
    <>
      <Transport />
      <div className="views-and-dock">
        <Dock docks={list.docks} />
        <main className="views" tabIndex={-1}>
          <Views isWide={isWide && (isRoomy || !hasDock)} />
        </main>
        <InspectorDock />
      </div>
      <ErrorBoundary what="The list of properties">
        <PropertiesStrip />
      </ErrorBoundary>
      <ErrorBoundary what="The timeline">
        <TimelineView welcome={<Greeting lessons={list.lessons} />} />
      </ErrorBoundary>
    </>
  );
}

/** A companion beside the views, while one is wanted. */
function Dock({ docks }: { readonly docks: readonly ScreenEntry[] }) {
  const shown = useDock((state) => docks.find(({ id }) => id === state.dock));
  if (shown === undefined) return null;
  const { title, component: Companion } = shown;
  return (
    <aside className="dock" aria-label={title}>
      <ErrorBoundary what={title}>
        <Suspense fallback={<p className="screen-to-come">Fetching {title} …</p>}>
          <Companion />
        </Suspense>
      </ErrorBoundary>
    </aside>
  );
}

function Views({ isWide }: { readonly isWide: boolean }) {
  const isNarrow = useMedia('(width < 40rem)');
  if (isWide) return <WideViews />;
  if (isNarrow) return <LazyTabbedViews names={['tree', 'threads', 'tlb', 'memory']} />;
  return (
    <div className="views-medium">
      <ViewPanel title={VIEWS.tree.title}>{VIEWS.tree.element}</ViewPanel>
      <LazyTabbedViews names={['threads', 'tlb', 'memory']} />
    </div>
  );
}
