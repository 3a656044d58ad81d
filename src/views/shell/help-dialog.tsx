import { leaveDialog } from '../../store/dialogs.ts';
import { showScreen } from '../../store/screens.ts';
import { Button } from '../controls/button.tsx';
import { KEYS } from '../controls/keys.ts';
import { DialogFrame } from './dialog-frame.tsx';
import './help-dialog.css';

/** The focus does not go back to the button that opened the help: it is not there any more. */
function toLessons(): void {
  leaveDialog();
  showScreen('learn');
}

/** What this is, how to begin, and every key. */
export function HelpDialog() {
  return (
    <DialogFrame name="help" title="Help and keys">
      <p>
        Limbo steps a Linux process whose page tables move to another node while CPUs go on using them. Press{' '}
        <strong>Step</strong> to take one atomic step, or a thread’s own button to choose who moves. The old
        copy of a table is in <em>limbo</em> until no CPU and no kernel thread can still reach it.
      </p>
      <p>
        The timeline has a column for each step: press or drag to go to any moment. Another step taken in the
        past begins a branch; what came after stays as it was, a lane below, and a press on it leads back.
      </p>
      <p>
        <Button onClick={toLessons}>To the lessons</Button> They begin with what a page table is, and take a
        few minutes each.
      </p>
      <h3>Keys</h3>
      <dl className="keys">
        {KEYS.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </DialogFrame>
  );
}
