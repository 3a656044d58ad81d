import { VERSIONS } from '../../designs/versions.ts';
import {
  answersIpis,
  compareWith,
  compareWithFile,
  setAnswers,
  useContenders,
} from '../../store/contenders.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Button } from '../controls/button.tsx';
import { FileChooser } from '../controls/file-chooser.tsx';
import { CopyComparison } from './copy-comparison.tsx';

/** Chooses what the run on the workbench is compared with. */
export function ContenderPicker() {
  const chosen = useContenders((state) => state.chosen);
  return (
    <div className="compare-pick">
      <label>
        <span>The run on the workbench, compared with</span>{' '}
        <select
          className="field"
          value={chosen}
          onChange={({ target }) => useContenders.setState({ chosen: target.value })}
        >
          <Contenders />
        </select>
      </label>
      <Button look="primary" onClick={() => void compareWith(chosen)}>
        Compare
      </Button>
      <FileChooser
        words="With a run file…"
        label="Run file to compare with"
        title="Compare with a run that was saved as a file"
        accept=".json"
        choose={(file) => void compareWithFile(file)}
      />
      <CopyComparison />
      <Answers />
    </div>
  );
}

/** What becomes of steps that wait for an IPI which the schedule lets nobody answer. */
function Answers() {
  const asked = useContenders((state) => state.answers);
  const source = useWorkbench((state) => state.opened?.source);
  return (
    <label
      className="compare-answers"
      title="A schedule made in one design has no answers where only the other design sends IPIs. Without them its steps are left out there."
    >
      <input
        type="checkbox"
        checked={answersIpis(asked, source)}
        onChange={({ target }) => void setAnswers(target.checked)}
      />
      CPUs answer IPIs that a step waits for
    </label>
  );
}

function Contenders() {
  const branches = useWorkbench((state) => state.branches);
  const branch = useWorkbench((state) => state.branch);
  const file = useContenders((state) => state.file);
  return (
    <>
      <optgroup label="The same steps in another design">
        {VERSIONS.map(({ id, title }) => (
          <option key={id} value={`design:${id}`}>
            {id}: {title}
          </option>
        ))}
      </optgroup>
      {branches.length > 1 && (
        <optgroup label="Another branch">
          {branches
            .filter(({ id }) => id !== branch)
            .map(({ id, name }) => (
              <option key={id} value={`branch:${String(id)}`}>
                {name}
              </option>
            ))}
        </optgroup>
      )}
      {file !== null && (
        <optgroup label="A run from a file">
          <option value="file">{file.title}</option>
        </optgroup>
      )}
    </>
  );
}
