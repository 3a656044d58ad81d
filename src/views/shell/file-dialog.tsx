import { useId, useState } from 'react';
import { documentOfCapture } from '../../formats/scenario-from-capture.ts';
import { leaveDialog, showDialog } from '../../store/dialogs.ts';
import { startFrom } from '../../store/editor.ts';
import { showScreen } from '../../store/screens.ts';
import { open, useWorkbench } from '../../store/workbench.ts';
import type { FileSummary } from '../../worker/file-summary.ts';
import { Button } from '../controls/button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { FileFacts } from './file-facts.tsx';
import { proposedNodes } from './file-words.ts';
import { VmaList } from './vma-list.tsx';
import './file-dialog.css';

/** What the file read last holds; from here its tables are relocated. */
export function FileDialog() {
  const file = useWorkbench((state) => state.file);
  if (file === null) return null;
  return (
    <DialogFrame name="file" title={file.name} foot={<RelocateForm key={file.name} file={file} />}>
      <FileFacts file={file} />
      <h3>Mappings: {file.vmas.length}</h3>
      <VmaList vmas={file.vmas} />
      <p className="file-shape">
        A whole process has too many states to be searched.{' '}
        <Button onClick={() => editShape(file)}>Edit a small scenario of its shape</Button>
      </p>
    </DialogFrame>
  );
}

/** A scenario that can be changed and searched: as many levels, a page for each of its first mappings. */
function editShape(file: FileSummary): void {
  startFrom(documentOfCapture(file));
  leaveDialog();
  showScreen('editor');
}

async function relocate(from: number, to: number): Promise<void> {
  const overrides = { nodeTest: 'pointee' } as const;
  const source = { kind: 'file', from, to, version: '2008-05-09', overrides } as const;
  if (await open(source, { fresh: true })) showDialog(null);
}

function RelocateForm({ file }: { readonly file: FileSummary }) {
  const [{ from, to }, setNodes] = useState(() => proposedNodes(file.nodes));
  const busy = useWorkbench((state) => state.busy);
  const refused = useWorkbench((state) => state.notice?.text ?? null);
  const tables = file.nodes.find(({ id }) => id === from)?.tables ?? 0;
  return (
    <>
      {refused !== null && <p className="relocate-refused">{refused}</p>}
      <NodeSelect label="From" file={file} value={from} onChange={(id) => setNodes({ from: id, to })} />
      <NodeSelect label="to" file={file} value={to} onChange={(id) => setNodes({ from, to: id })} />
      <Button look="primary" unavailable={busy || from === to} onClick={() => void relocate(from, to)}>
        Relocate {tables} {tables === 1 ? 'table' : 'tables'}
      </Button>
    </>
  );
}

interface NodeSelectProps {
  readonly label: string;
  readonly file: FileSummary;
  readonly value: number;
  readonly onChange: (node: number) => void;
}

function NodeSelect({ label, file, value, onChange }: NodeSelectProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field"
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
      >
        {file.nodes.map((node) => (
          <option key={node.id} value={node.id}>
            node {node.id}
            {node.made ? ' (made up)' : ''}
          </option>
        ))}
      </select>
    </>
  );
}
