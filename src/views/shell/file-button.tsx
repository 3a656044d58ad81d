import { type ChangeEvent, useRef } from 'react';
import { showDialog } from '../../store/dialogs.ts';
import { loadFile } from '../../store/files.ts';
import { giveMachineFile, isMachineFile } from '../../store/machine-file.ts';
import { showScreen } from '../../store/screens.ts';
import { openRun } from '../../store/share.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';

/** Reads a file and, when it is one of ours, shows what it holds. */
export async function openFile(file: File): Promise<void> {
  if (await openRun(file)) return;
  if (await isMachineFile(file)) {
    giveMachineFile(file);
    showScreen('reports', { report: 'machine' });
    return;
  }
  if ((await loadFile(file)) !== null) showDialog('file');
}

/** Opens a file of a real process; afterwards tells about it again. */
export function FileButton() {
  const input = useRef<HTMLInputElement>(null);
  const file = useWorkbench((state) => state.file);
  const chosen = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [picked] = target.files ?? [];
    // So that choosing the same file again is a change, too.
    target.value = '';
    if (picked !== undefined) void openFile(picked);
  };
  return (
    <>
      <Button
        title="Open a capture, a truth file or a saved run, or drop one anywhere"
        onClick={() => input.current?.click()}
      >
        Open file…
      </Button>
      <input ref={input} type="file" hidden aria-label="File of a process" onChange={chosen} />
      {file !== null && (
        <Button look="quiet" title={`About ${file.name}`} onClick={() => showDialog('file')}>
          File info
        </Button>
      )}
    </>
  );
}
