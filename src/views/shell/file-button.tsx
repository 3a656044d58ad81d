import { showDialog } from '../../store/dialogs.ts';
import { loadFile } from '../../store/files.ts';
import { giveMachineFile, isMachineFile } from '../../store/machine-file.ts';
import { showScreen } from '../../store/screens.ts';
import { openRun } from '../../store/share.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { FileChooser } from '../controls/file-chooser.tsx';

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
  const file = useWorkbench((state) => state.file);
  return (
    <>
      <FileChooser
        words="Open file…"
        label="File of a process"
        title="Open a capture, a truth file or a saved run, or drop one anywhere"
        choose={(picked) => void openFile(picked)}
      />
      {file !== null && (
        <Button look="quiet" title={`About ${file.name}`} onClick={() => showDialog('file')}>
          File info
        </Button>
      )}
    </>
  );
}
