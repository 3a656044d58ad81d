import { useEffect, useRef } from 'react';
import { CUSTOM_ID, scenarioOfDocument } from '../../formats/scenario-document.ts';
import { scenarioFileText } from '../../formats/scenario-file.ts';
import { kindNumber } from '../../machine/world.ts';
import { showDialog } from '../../store/dialogs.ts';
import { saveText } from '../../store/downloads.ts';
import { edit, redo, undo, useEditor } from '../../store/editor.ts';
import { showScreen, WORKBENCH } from '../../store/screens.ts';
import { open } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { TextField } from './fields.tsx';
import { MachinePart } from './machine-part.tsx';
import { MemoryPart } from './memory-part.tsx';
import { ProcessPart } from './process-part.tsx';
import { OpenScenario, StartFrom } from './start-from.tsx';
import { ThreadsPart } from './threads-part.tsx';
import { listenToUndo, useKeptPlace } from './editor-keys.ts';
import './editor.css';

/** Opens what is being edited, as an ordinary run. False when it was refused. */
async function openEdited(): Promise<boolean> {
  const { document } = useEditor.getState();
  return open({ kind: 'scenario', scenario: document, ...document.opensWith });
}

async function openInWorkbench(): Promise<void> {
  if (await openEdited()) showScreen(WORKBENCH);
}

async function searchEdited(): Promise<void> {
  if (!(await openEdited())) return;
  showScreen(WORKBENCH);
  showDialog('search');
}

function saveEdited(): void {
  saveText(`${CUSTOM_ID}.limbo-scenario.json`, scenarioFileText(useEditor.getState().document));
}

/** Where scenarios are made: what there is, who does what, and what is wrong with it, as one types. */
export function EditorScreen() {
  const { title, about } = useEditor((state) => state.document);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => listenToUndo(), []);
  useKeptPlace(root);
  return (
    <div className="editor" ref={root}>
      <h2>Scenario editor</h2>
      <Tools />
      <div className="editor-head">
        <TextField label="Title" path="title" value={title} onChange={(value) => edit({ title: value })} />
        <TextField label="About" path="about" value={about} onChange={(value) => edit({ about: value })} />
      </div>
      <State />
      <div className="editor-parts">
        <MachinePart />
        <ProcessPart />
        <MemoryPart />
        <ThreadsPart />
      </div>
    </div>
  );
}

function Tools() {
  const canUndo = useEditor((state) => state.past.length > 0);
  const canRedo = useEditor((state) => state.future.length > 0);
  const isGood = useEditor((state) => state.problems.length === 0);
  return (
    <div className="editor-tools" role="toolbar" aria-label="Scenario">
      <StartFrom />
      <OpenScenario />
      <Button unavailable={!canUndo} title="Undo (Ctrl+Z)" onClick={undo}>
        Undo
      </Button>
      <Button unavailable={!canRedo} title="Redo (Ctrl+Y)" onClick={redo}>
        Redo
      </Button>
      <Button unavailable={!isGood} onClick={saveEdited}>
        Save as file
      </Button>
      <Button unavailable={!isGood} onClick={() => void searchEdited()}>
        Search it
      </Button>
      <Button look="primary" unavailable={!isGood} onClick={() => void openInWorkbench()}>
        Open in the workbench
      </Button>
    </div>
  );
}

/** What is wrong, or how large the world is. */
function State() {
  const { document, problems } = useEditor();
  return (
    <p className="editor-state" role="status">
      {problems.length === 0
        ? sizeInWords(document)
        : `${problems.length === 1 ? 'One thing keeps' : `${problems.length} things keep`} it from running: see the words beside the fields. First: ${problems[0]?.words ?? ''}`}
    </p>
  );
}

function sizeInWords(document: Parameters<typeof scenarioOfDocument>[0]): string {
  const { world, threads } = scenarioOfDocument(document);
  const tables = Array.from(world.kind).filter((kind) => kind === kindNumber('table')).length;
  return `It can be run: ${world.cpus} CPUs, ${threads.length} threads, ${tables} tables and ${world.vas.length} vas at the start.`;
}
