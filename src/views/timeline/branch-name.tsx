import { type KeyboardEvent, useEffect, useRef } from 'react';
import { showScreen } from '../../store/screens.ts';
import { endNaming, startNaming, useNaming } from '../../store/strip.ts';
import { deleteBranch, nameBranch, switchBranch, useWorkbench } from '../../store/workbench.ts';
import type { BranchView } from '../../worker/branch-messages.ts';
import { Icon } from '../controls/icon.tsx';

/** A branch by its name: shows it, and for the one shown names it anew or forgets it. */
export function BranchName({ branch }: { readonly branch: BranchView }) {
  const isShown = useWorkbench((state) => state.branch === branch.id);
  const isNamed = useNaming((state) => state.branch === branch.id);
  const isFocusDue = useRef(false);
  const { id, name, parent, from } = branch;
  // Whoever named it by keyboard goes on where he began.
  const takeFocus = (button: HTMLButtonElement | null): void => {
    if (isFocusDue.current) button?.focus();
    if (button !== null) isFocusDue.current = false;
  };
  const done = (byKey: boolean): void => {
    isFocusDue.current = byKey;
    endNaming();
  };
  if (isNamed) return <NameField branch={branch} onDone={done} />;
  const where = parent < 0 ? 'from the start' : `forks after step ${String(from)}`;
  return (
    <li className="tl-branch-name" data-shown={isShown}>
      <button
        className="branch-switch"
        aria-pressed={isShown}
        title={`${name}: ${where} (B shows the next branch)`}
        onClick={() => void switchBranch(id)}
      >
        <span aria-hidden="true">{isShown ? '●' : '○'}</span> <span className="branch-text">{name}</span>
      </button>
      {isShown && (
        <button
          ref={takeFocus}
          className="branch-tool"
          aria-label={`Name ${name}`}
          title="Name it"
          onClick={() => startNaming(id)}
        >
          <span aria-hidden="true">✎</span>
        </button>
      )}
      {!isShown && (
        <button
          className="branch-tool"
          aria-label={`Compare with ${name}`}
          title="Compare the branch shown with this one"
          onClick={() => showScreen('compare', { with: `branch:${String(id)}` })}
        >
          <span aria-hidden="true">⇄</span>
        </button>
      )}
      {parent >= 0 && <DeleteButton branch={branch} />}
    </li>
  );
}

function DeleteButton({ branch: { id, name } }: { readonly branch: BranchView }) {
  const more = useWorkbench(({ branches }) => descendants(branches, id));
  const words = more === 0 ? `Delete ${name}` : `Delete ${name} and ${String(more)} that fork from it`;
  return (
    <button className="branch-tool" aria-label={words} title={words} onClick={() => void deleteBranch(id)}>
      <Icon name="close" />
    </button>
  );
}

function descendants(branches: readonly BranchView[], id: number): number {
  const all = new Set([id]);
  for (const branch of branches) if (all.has(branch.parent)) all.add(branch.id);
  return all.size - 1;
}

interface NameFieldProps {
  readonly branch: BranchView;
  readonly onDone: (byKey: boolean) => void;
}

function NameField({ branch: { id, name }, onDone }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const commit = (byKey: boolean): void => {
    const text = field.current?.value.trim() ?? '';
    if (text !== '' && text !== name) void nameBranch(id, text);
    onDone(byKey);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // Else the button that gets the focus is pressed by the same key.
    event.preventDefault();
    if (event.key === 'Enter') commit(true);
    else onDone(true);
  };
  return (
    <li className="tl-branch-name" data-shown="true">
      <input
        ref={field}
        className="field branch-field"
        aria-label={`Name of ${name}`}
        maxLength={40}
        defaultValue={name}
        onKeyDown={pressed}
        onBlur={() => commit(false)}
      />
    </li>
  );
}
