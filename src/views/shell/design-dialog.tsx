import { useId } from 'react';
import { CHOICES } from '../../designs/choices.ts';
import { VERSIONS } from '../../designs/versions.ts';
import type { Choice, Design } from '../../kernel/design.ts';
import { open, useWorkbench } from '../../store/workbench.ts';
import type { Source } from '../../worker/protocol.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { withChoice, withVersion } from './design-change.ts';
import { DialogFrame } from './dialog-frame.tsx';
import './design-dialog.css';

/** Version and choices of the relocation design. */
export function DesignDialog() {
  const opened = useWorkbench((state) => state.opened);
  return (
    <DialogFrame name="design" title="Design of the relocation">
      {opened !== null && <DesignForm source={opened.source} design={opened.design} />}
    </DialogFrame>
  );
}

interface DesignFormProps {
  readonly source: Source;
  readonly design: Design;
}

function DesignForm({ source, design }: DesignFormProps) {
  const changed = Object.keys(source.overrides).length;
  return (
    <>
      <p className="design-note">A change opens the run again at its first step, in the same scenario.</p>
      <VersionSelect source={source} />
      <div className="design-head">
        <h3>Choices</h3>
        <Button unavailable={changed === 0} onClick={() => void open({ ...source, overrides: {} })}>
          Reset {changed} changed
        </Button>
      </div>
      <ul className="choices">
        {Object.entries(CHOICES).map(([name, { about, values }]) => (
          <ChoiceRow key={name} {...{ name, about, values, source, design }} />
        ))}
      </ul>
    </>
  );
}

function VersionSelect({ source }: { readonly source: Source }) {
  const id = useId();
  return (
    <div className="version">
      <label htmlFor={id}>Version</label>
      <select
        id={id}
        className="field"
        value={source.version}
        onChange={({ target }) => void open(withVersion(source, target.value))}
      >
        {VERSIONS.map((version) => (
          <option key={version.id} value={version.id}>
            {version.id}: {version.title}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ChoiceRowProps extends DesignFormProps {
  readonly name: string;
  readonly about: string;
  readonly values: Readonly<Record<string, string>>;
}

function ChoiceRow({ name, about, values, source, design }: ChoiceRowProps) {
  const id = useId();
  const choice = name as Choice;
  const isChanged = choice in source.overrides;
  return (
    <li className={isChanged ? 'choice choice-changed' : 'choice'}>
      <label htmlFor={id}>
        {about} <code>{name}</code>
        {isChanged && (
          <span className="choice-mark">
            <Icon name="check" /> changed
          </span>
        )}
      </label>
      <select
        id={id}
        className="field"
        value={design[choice]}
        onChange={({ target }) => void open(withChoice(source, choice, target.value))}
      >
        {Object.entries(values).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </li>
  );
}
