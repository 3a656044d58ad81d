import { useState } from 'react';
import { addressOnScreen, copyAddress, copyFrame, saveRun } from '../../store/moment-link.ts';
import { showDialog } from '../../store/dialogs.ts';
import { saveItf, saveScenario, saveTrace } from '../../store/exports.ts';
import { usePresenting } from '../../store/presenting.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { DialogFrame } from '../shell/dialog-frame.tsx';
import { PictureChoice } from './picture-choice.tsx';
import './share-dialog.css';

/** The moment on screen as a link, the run and its scenario as files, the views as pictures. */
export function ShareDialog() {
  return (
    <DialogFrame name="share" title="Share this moment">
      <Link />
      <h3>Files</h3>
      <Files />
      <h3>Pictures</h3>
      <PictureChoice />
    </DialogFrame>
  );
}

function Link() {
  const cursor = useWorkbench((state) => state.cursor);
  const length = useWorkbench((state) => state.length);
  const [presents, setPresents] = useState(() => usePresenting.getState().view !== null);
  const moment = addressOnScreen();
  if (moment === null)
    return (
      <p>
        This run is about the tables of a real process, and nothing of that leaves this machine: it has no
        link. Open a scenario to share a moment of it.
      </p>
    );
  const address = presents ? `${moment}&present` : moment;
  const copy = (put: () => Promise<void>): void => {
    showDialog(null);
    void put();
  };
  return (
    <>
      <p>
        Whoever opens the link sees this scenario and design, all {length} steps as they were taken, and
        stands at step {cursor}. All of it is in the address itself: nothing is stored anywhere.
      </p>
      <p>
        <input className="field share-link" aria-label="Link to this moment" readOnly value={address} />
      </p>
      <label className="check">
        <input type="checkbox" checked={presents} onChange={({ target }) => setPresents(target.checked)} />
        Opens for a projector, one view filling the page
      </label>
      <p className="share-buttons">
        <Button look="primary" onClick={() => copy(() => copyAddress(address))}>
          Copy link
        </Button>
        <Button title="To be read and not changed" onClick={() => copy(copyFrame)}>
          Copy as part of another page
        </Button>
      </p>
    </>
  );
}

function Files() {
  const isScenario = useWorkbench((state) => state.opened?.source.kind === 'scenario');
  return (
    <>
      <p className="share-buttons">
        {isScenario && (
          <>
            <Button onClick={saveRun}>Save run as file</Button>
            <Button onClick={saveScenario}>Save scenario as file</Button>
            <Button title="States, for Apalache and other readers of ITF" onClick={saveItf}>
              Save ITF trace
            </Button>
          </>
        )}
        <Button title="For ui.perfetto.dev, chrome://tracing, speedscope" onClick={saveTrace}>
          Save trace events
        </Button>
        <Button onClick={() => showDialog('recent')}>Recent runs…</Button>
      </p>
      <p>A saved run or scenario opens with “Open file…”, or dropped on the page.</p>
    </>
  );
}
