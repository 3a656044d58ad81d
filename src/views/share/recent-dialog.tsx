import { useEffect } from 'react';
import { showDialog, useDialog } from '../../store/dialogs.ts';
import {
  deleteAllRecent,
  deleteRecent,
  openRecent,
  readRecent,
  type RecentRun,
  useRecent,
} from '../../store/recent.ts';
import { showScreen, WORKBENCH } from '../../store/screens.ts';
import { Button } from '../controls/button.tsx';
import { DialogFrame } from '../shell/dialog-frame.tsx';
import './recent-dialog.css';

/** Runs that were looked at in this browser. */
export function RecentDialog() {
  const isOpen = useDialog(({ dialog }) => dialog === 'recent');
  const count = useRecent(({ runs }) => runs?.length ?? 0);
  useEffect(() => {
    if (isOpen) void readRecent();
  }, [isOpen]);
  const foot = count > 0 && <Button onClick={() => void deleteAllRecent()}>Delete all</Button>;
  return (
    <DialogFrame name="recent" title="Recent runs" foot={foot === false ? undefined : foot}>
      <RecentList />
    </DialogFrame>
  );
}

function RecentList() {
  const { runs, trouble } = useRecent();
  return (
    <>
      <p>Runs that you stepped through, kept in this browser and nowhere else.</p>
      <p role="status">{trouble}</p>
      {runs === null && trouble === '' && <p>Reading …</p>}
      {runs?.length === 0 && trouble === '' && (
        <p>None yet. Step through a scenario, and it appears here a moment later.</p>
      )}
      <ul className="recent-list">
        {runs?.map((run) => (
          <Recent key={run.id} run={run} />
        ))}
      </ul>
    </>
  );
}

const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

function Recent({ run }: { readonly run: RecentRun }) {
  const open = async (): Promise<void> => {
    showDialog(null);
    showScreen(WORKBENCH);
    await openRecent(run);
  };
  return (
    <li className="recent-run">
      <span>
        <strong>{run.title}</strong>
        <span className="recent-facts">
          {run.version}, {run.steps} {run.steps === 1 ? 'step' : 'steps'}, {when.format(run.savedMs)}
        </span>
      </span>
      <Button label={`Open ${run.title}, ${String(run.steps)} steps`} onClick={() => void open()}>
        Open
      </Button>
      <Button
        look="quiet"
        label={`Delete ${run.title}, ${String(run.steps)} steps`}
        onClick={() => void deleteRecent(run.id)}
      >
        Delete
      </Button>
    </li>
  );
}
