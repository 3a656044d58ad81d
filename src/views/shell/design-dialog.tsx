import { useId, useState } from 'react';
import { CHOICES } from '../../designs/choices.ts';
import { VERSIONS, versionOf } from '../../designs/versions.ts';
import type { Choice } from '../../kernel/design.ts';
import { changeDesign, formerOf, undoDesign, useFormer } from '../../store/design.ts';
import { showDialog, useDialog } from '../../store/dialogs.ts';
import { useWorkbench } from '../../store/workbench.ts';
import type { Source } from '../../worker/protocol.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';
import { withChoice, withVersion } from './design-change.ts';
import { DesignPreview } from './design-preview.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import './design-dialog.css';

/** Version and choices of the relocation design; a change is shown in the programs before it is applied. */
export function DesignDialog() {
  const opened = useWorkbench((state) => state.opened);
  const isOpen = useDialog(({ dialog }) => dialog === 'design');
  const [draft, setDraft] = useState<Source | null>(null);
  if (!isOpen && draft !== null) setDraft(null);
  const source = opened?.source;
  const canUndo = useFormer(({ former }) => formerOf(former, source) !== undefined);
  const isChanged = draft !== null && JSON.stringify(draft) !== JSON.stringify(source);
  const apply = (): void => {
    if (draft === null) return;
    showDialog(null);
    void changeDesign(draft);
  };
  const foot = (
    <>
      {canUndo && <Button onClick={() => void undoDesign()}>Undo the last change</Button>}
      <Button unavailable={!isChanged} onClick={() => setDraft(null)}>
        Discard
      </Button>
      <Button look="primary" title="Apply (Ctrl Enter)" unavailable={!isChanged} onClick={apply}>
        Apply: the run begins anew
      </Button>
    </>
  );
  return (
    <DialogFrame
      name="design"
      title="Design of the relocation"
      foot={foot}
      {...(isChanged ? { onDone: apply } : {})}
    >
      {source !== undefined && (
        <>
          <DesignForm source={draft ?? source} onDraft={setDraft} />
          {isChanged && <DesignPreview before={source} after={draft} />}
        </>
      )}
    </DialogFrame>
  );
}

interface DesignFormProps {
  /** With the changes made so far. */
  readonly source: Source;
  readonly onDraft: (source: Source) => void;
}

function DesignForm({ source, onDraft }: DesignFormProps) {
  const changed = Object.keys(source.overrides).length;
  return (
    <>
      <p className="design-note">
        Change what you like: below stands what that changes in the programs. Applied, the run opens again at
        its first step, in the same scenario; the run of now can be brought back. <kbd>Ctrl Enter</kbd>{' '}
        applies from anywhere here.
      </p>
      <VersionSelect source={source} onDraft={onDraft} />
      <div className="design-head">
        <h3>Choices</h3>
        <Button unavailable={changed === 0} onClick={() => onDraft({ ...source, overrides: {} })}>
          Reset {changed} changed
        </Button>
      </div>
      <ul className="choices">
        {Object.entries(CHOICES).map(([name, { about, values }]) => (
          <ChoiceRow key={name} {...{ name, about, values, source, onDraft }} />
        ))}
      </ul>
    </>
  );
}

function VersionSelect({ source, onDraft }: DesignFormProps) {
  const id = useId();
  return (
    <div className="version">
      <label htmlFor={id}>Version</label>
      <select
        id={id}
        className="field"
        value={source.version}
        onChange={({ target }) => onDraft(withVersion(source, target.value))}
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

function ChoiceRow({ name, about, values, source, onDraft }: ChoiceRowProps) {
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
        value={source.overrides[choice] ?? versionOf(source.version)?.design[choice]}
        onChange={({ target }) => onDraft(withChoice(source, choice, target.value))}
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
