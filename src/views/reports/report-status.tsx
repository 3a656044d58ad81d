import { Button } from '../controls/button.tsx';

interface ReportStatusProps {
  readonly status: 'none' | 'running' | 'done' | 'cancelled' | 'dead';
  readonly share: number;
  readonly reason: string;
  readonly onCancel: () => void;
}

/** How far a computation is, with a way to end it; what happened when it ended without a result. */
export function ReportStatus({ status, share, reason, onCancel }: ReportStatusProps) {
  return (
    <div className="report-status" aria-busy={status === 'running'}>
      <p role="status">{words(status, reason)}</p>
      {status === 'running' && (
        <>
          <progress aria-label="Done so far" value={share} max={1} />
          <Button onClick={onCancel}>Stop</Button>
        </>
      )}
    </div>
  );
}

function words(status: ReportStatusProps['status'], reason: string): string {
  switch (status) {
    case 'none':
    case 'done':
      return '';
    case 'running':
      return 'Working it out …';
    case 'cancelled':
      return 'Stopped by you. What was worked out before is still shown; start it again when you like.';
    case 'dead':
      return `It stopped working: ${reason}. What was worked out before is still shown; start it again, perhaps with smaller figures.`;
  }
}
