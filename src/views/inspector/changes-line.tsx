import { Popover } from '@base-ui/react/popover';
import { useMemo } from 'react';
import { select, useWorkbench } from '../../store/workbench.ts';
import { type ElementChange, stepChanges } from './step-changes.ts';
import './changes-line.css';

/** Changes that stand in the line itself; the others are a press away. */
const SHOWN = 2;

/** What the step before the cursor changed: before and after, each a way to the object. */
export function ChangesLine() {
  const scene = useWorkbench((state) => state.scene);
  const changed = useWorkbench((state) => state.changed);
  const before = useWorkbench((state) => state.before);
  const changes = useMemo(
    () => (scene === null ? [] : stepChanges(scene, changed, before)),
    [scene, changed, before],
  );
  if (changes.length === 0) return <span className="changes-none">changes nothing that others see</span>;
  return (
    <span className="changes-line">
      {changes.slice(0, SHOWN).map((change) => (
        <ChangeButton key={change.offset} change={change} />
      ))}
      {changes.length > SHOWN && <MoreChanges changes={changes} />}
    </span>
  );
}

function ChangeButton({ change: { what, before, after, leadsTo } }: { readonly change: ElementChange }) {
  const text = (
    <>
      {what}: <s>{before}</s> <span aria-hidden="true">→</span>
      <span className="visually-hidden">becomes</span> <b>{after}</b>
    </>
  );
  if (leadsTo === null) return <span className="change">{text}</span>;
  return (
    <button className="change" title={`${what}: ${before} → ${after}`} onClick={() => select(leadsTo)}>
      {text}
    </button>
  );
}

function MoreChanges({ changes }: { readonly changes: readonly ElementChange[] }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="change">all {changes.length} changes</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="play-place" align="start" sideOffset={4}>
          <Popover.Popup className="play-popup changes-popup" aria-label="What this step changed">
            <ul>
              {changes.map((change) => (
                <li key={change.offset}>
                  <ChangeButton change={change} />
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
