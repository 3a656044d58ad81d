import { documentOfScenario } from '../../formats/scenario-from.ts';
import { documentOfCapture } from '../../formats/scenario-from-capture.ts';
import { SCENARIOS, scenarioOf } from '../../scenarios/scenarios.ts';
import { startFrom } from '../../store/editor.ts';
import { loadFile } from '../../store/files.ts';
import { openScenarioText } from '../../store/moment-link.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { FileChooser } from '../controls/file-chooser.tsx';

const EDITABLE = SCENARIOS.filter((scenario) => documentOfScenario(scenario) !== null);

/** A scenario of the program, of one's own on screen, or in the shape of the file read last. */
export function StartFrom() {
  const file = useWorkbench((state) => state.file);
  const source = useWorkbench((state) => state.opened?.source);
  const own = source?.kind === 'scenario' && typeof source.scenario === 'object' ? source.scenario : null;
  const start = (id: string): void => {
    const scenario = scenarioOf(id);
    const document = scenario === null ? null : documentOfScenario(scenario);
    if (document !== null) startFrom(document);
    else if (id === '/file' && file !== null) startFrom(documentOfCapture(file));
    else if (id === '/own' && own !== null) startFrom(own);
  };
  return (
    <select className="field" aria-label="Start from" value="" onChange={({ target }) => start(target.value)}>
      <option value="">Start from …</option>
      {own !== null && <option value="/own">What is on the workbench</option>}
      {file !== null && <option value="/file">The shape of {file.name}</option>}
      {EDITABLE.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}

/** A scenario file, or a file of a process, whose shape is taken: the same as its entry in the list above. */
async function startFromFile(file: File): Promise<void> {
  const text = await file.text();
  if (text.slice(0, 200).includes('"limbo-scenario"')) {
    await openScenarioText(file.name, text, startFrom);
    return;
  }
  const process = await loadFile(file);
  if (process !== null) startFrom(documentOfCapture(process));
}

/** Reads a file to start from. */
export function OpenScenario() {
  return (
    <FileChooser
      words="Open scenario file…"
      label="Scenario file"
      title="A scenario file, or a capture of a process, whose shape is taken"
      choose={(file) => void startFromFile(file)}
    />
  );
}
