import { Suspense } from 'react';
import { showScreen, useScreen } from '../../store/screens.ts';
import { ErrorBoundary } from '../shell/error-boundary.tsx';
import { type ReportEntry, REPORTS } from './report-list.ts';
import './reports-screen.css';

/** What relocation costs and gains: a list of reports, and the one that the address names. */
export function ReportsScreen() {
  const asked = useScreen((state) => state.params['report']);
  const shown = REPORTS.find(({ id }) => id === asked);
  return (
    <div className="reports">
      <div className="reports-head">
        <h2>Reports</h2>
        <p>What moving page tables is good for, and what it costs.</p>
      </div>
      <ReportMenu shown={shown} />
      {shown === undefined ? <NoReport asked={asked} /> : <ShownReport report={shown} />}
    </div>
  );
}

function ReportMenu({ shown }: { readonly shown: ReportEntry | undefined }) {
  return (
    <nav className="report-menu" aria-label="Reports">
      {REPORTS.map(({ id, title, asks }) => (
        <button
          key={id}
          type="button"
          aria-current={shown?.id === id ? 'page' : undefined}
          onClick={() => showScreen('reports', { report: id })}
        >
          <strong>{title}</strong>
          <span>{asks}</span>
        </button>
      ))}
    </nav>
  );
}

function NoReport({ asked }: { readonly asked: string | undefined }) {
  if (asked === undefined) return <p className="report-hint">Choose a report above.</p>;
  return (
    <p className="report-hint" role="status">
      There is no report “{asked}”. Choose one above.
    </p>
  );
}

function ShownReport({ report: { id, title, component: Report } }: { readonly report: ReportEntry }) {
  return (
    <article key={id} className="report" aria-label={title}>
      <h3>{title}</h3>
      <ErrorBoundary what={title}>
        <Suspense fallback={<p>Fetching the report …</p>}>
          <Report />
        </Suspense>
      </ErrorBoundary>
    </article>
  );
}
