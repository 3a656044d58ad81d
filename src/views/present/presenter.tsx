import { type ReactElement, useEffect, useRef } from 'react';
import {
  leavePresenting,
  present,
  PRESENT_VIEWS,
  type PresentView,
  usePresenting,
} from '../../store/presenting.ts';
import { lendTheme } from '../../store/theme.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { ErrorBoundary } from '../shell/error-boundary.tsx';
import { VIEWS } from '../shell/views.tsx';
import { TimelineView } from '../timeline/timeline-view.tsx';
import { Caption } from './caption.tsx';
import { StepList } from './step-list.tsx';
import './presenter.css';

const TIMELINE = (
  <ErrorBoundary what="The timeline">
    <div className="present-timeline">
      <TimelineView />
      <StepList />
    </div>
  </ErrorBoundary>
);

function viewOf(view: PresentView): { readonly title: string; readonly element: ReactElement } {
  return view === 'timeline' ? { title: 'Timeline', element: TIMELINE } : VIEWS[view];
}

/** One view in the whole page, large and in the theme for projectors; everything by keyboard, as in the workbench. */
export function Presenter() {
  const view = usePresenting((state) => state.view) ?? 'tree';
  const place = useRef<HTMLElement>(null);
  useEffect(largeAndBright, []);
  useEffect(() => place.current?.focus(), []);
  const { title, element } = viewOf(view);
  return (
    <>
      <Head view={view} />
      <main ref={place} className="present-view" data-view={view} tabIndex={-1} aria-label={title}>
        {element}
      </main>
      <Caption />
    </>
  );
}

/** The looks of the whole page while it is presented. Gives what ends them. */
function largeAndBright(): () => void {
  const { dataset } = document.documentElement;
  const giveBack = lendTheme('projector');
  dataset['presenting'] = 'true';
  return () => {
    giveBack();
    delete dataset['presenting'];
  };
}

function Head({ view }: { readonly view: PresentView }) {
  const title = useWorkbench((state) => state.opened?.title ?? '');
  const version = useWorkbench((state) => state.opened?.source.version ?? '');
  return (
    <header className="present-head">
      <h1>
        {title} <span className="present-version">{version}</span>
      </h1>
      <nav className="present-views" aria-label="Views (V)">
        {PRESENT_VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === view ? 'page' : undefined}
            onClick={() => present(name)}
          >
            {name === 'timeline' ? 'Timeline' : VIEWS[name].shortTitle}
          </button>
        ))}
      </nav>
      <Button look="quiet" label="Leave the presentation" title="Leave (Esc)" onClick={leavePresenting}>
        Esc
      </Button>
    </header>
  );
}
