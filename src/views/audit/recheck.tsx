import { useEffect, useState } from 'react';
import type { AuditRow } from '../../reports/audit.ts';
import { rowsOfOutcome } from '../../store/subject-rows.ts';
import { type RunningSearch, startSearchWorker } from '../../worker/search-client.ts';
import type { Figures, Subject } from '../../worker/search-protocol.ts';
import { Button } from '../controls/button.tsx';
import { count } from '../search/words.ts';
import { boundsOf } from './words.ts';

type Check =
  | { readonly is: 'idle' }
  | { readonly is: 'searching'; readonly figures: Figures | null; readonly workers: number }
  | { readonly is: 'done'; readonly row: AuditRow | null; readonly workers: number }
  | { readonly is: 'failed'; readonly why: string };

const BOUNDS = { maxStates: 2e7, maxBytes: 1 << 30 };

/** Searches here and now what the audit says, and compares. */
export function Recheck({ subject, row }: { readonly subject: Subject; readonly row: AuditRow }) {
  const [check, setCheck] = useState<Check>({ is: 'idle' });
  const [search, setSearch] = useState<RunningSearch | null>(null);
  useEffect(() => () => search?.close(), [search]);
  const start = (): void => {
    setCheck({ is: 'searching', figures: null, workers: 1 });
    const mine = startSearchWorker({
      subject,
      bounds: BOUNDS,
      progress: row.property === 'progress',
      onProgress: ({ figures, workers }) => setCheck({ is: 'searching', figures, workers }),
    });
    setSearch(mine);
    mine.outcome.then(
      (outcome) => {
        const found = rowsOfOutcome(outcome).find(({ property }) => property === row.property);
        setCheck({ is: 'done', row: found ?? null, workers: outcome.workers });
      },
      (error: unknown) => setCheck({ is: 'failed', why: error instanceof Error ? error.message : '' }),
    );
  };
  return (
    <div className="audit-recheck">
      {check.is === 'searching' ? (
        <Button onClick={() => search?.stop()}>Stop</Button>
      ) : (
        <Button onClick={start}>Check again</Button>
      )}
      <p role="status">{checkWords(check, row)}</p>
    </div>
  );
}

function checkWords(check: Check, kept: AuditRow): string {
  switch (check.is) {
    case 'idle':
      return 'Searches this scenario and version here and now, and compares.';
    case 'searching':
      return check.figures === null
        ? 'Searching …'
        : `Searching${by(check.workers)}: ${count(check.figures.states)} states …`;
    case 'failed':
      return `The search stopped working: ${check.why}. The audit is as it was; try again.`;
    case 'done':
      return check.row === null
        ? 'The search said nothing of this property: npm run audit does.'
        : `${comparison(check.row, kept)}${check.workers > 1 ? ` Searched${by(check.workers)}.` : ''}`;
  }
}

function by(workers: number): string {
  return workers > 1 ? ` with ${String(workers)} workers` : '';
}

function comparison(found: AuditRow, kept: AuditRow): string {
  const same = found.verdict === kept.verdict && found.steps === kept.steps && found.states === kept.states;
  if (!found.exhaustive) return `Stopped before its end: ${boundsOf(found)}`;
  return same
    ? `Found the same: ${found.verdict}, ${count(found.states)} states.`
    : `DIFFERENT from the audit: found ${found.verdict}, ${count(found.states)} states. Please report this.`;
}
