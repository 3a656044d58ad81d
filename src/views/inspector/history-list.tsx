import { useEffect, useMemo } from 'react';
import { fetchHistory, useHistory } from '../../store/history.ts';
import type { Selection } from '../../store/selection.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import type { Change } from '../../worker/history.ts';
import { shortActorName } from '../shell/actor-name.ts';
import { stepsOf } from './actor-steps.ts';
import { objectOf } from './chosen.ts';

/** The latest changes that are listed; the earlier ones are counted. */
const MOST = 100;

const NO_CHANGES: readonly Change[] = [];

/** What became of what is chosen up to the moment shown, oldest first; null until it is known. */
function useChanges(selection: Selection): readonly Change[] | null {
  const programs = useWorkbench((state) => state.opened?.programs);
  const object = useMemo(() => objectOf(selection, programs ?? []), [selection, programs]);
  const scene = useWorkbench((state) => state.scene);
  const playing = useWorkbench((state) => state.playing);
  const { of, changes } = useHistory();
  useEffect(() => {
    if (object !== null && !playing) void fetchHistory(object);
  }, [object, scene, playing]);
  return of === object ? changes : null;
}

/** Who changed what is chosen, and when, up to the moment shown, the latest first; each leads there. */
export function History({ selection }: { readonly selection: Selection }) {
  const changes = useChanges(selection);
  const shown = changes?.slice(-MOST).toReversed() ?? [];
  return (
    <>
      <h3>Who changed it, when</h3>
      {changes?.length === 0 && <p className="dim">Nobody up to this moment.</p>}
      <ol className="inspector-history" aria-label="Changes, the latest first">
        {shown.map((change, i) => (
          <li key={`${String(change.step)} ${String(i)}`}>
            <button title={change.label} onClick={() => void seek(change.step)}>
              <span className="history-step">step {change.step}</span> <Who actor={change.actor} />
              <ChangeText {...change} />
            </button>
          </li>
        ))}
      </ol>
      {changes !== null && changes.length > MOST && (
        <p className="dim">and {changes.length - MOST} earlier ones</p>
      )}
    </>
  );
}

function Who({ actor }: { readonly actor: number }) {
  const info = useWorkbench((state) => state.opened?.actors[actor]);
  return (
    <span className="actor-name" data-cpu={info?.cpu}>
      {shortActorName(info)}
    </span>
  );
}

function ChangeText({ what, before, after }: Pick<Change, 'what' | 'before' | 'after'>) {
  return (
    <span className="history-change">
      {what}: <s>{before}</s> → <b>{after}</b>
    </span>
  );
}

/** The latest steps of an actor up to the moment shown, and what each changed of its locals; each leads there. */
export function ActorSteps({ selection }: { readonly selection: Extract<Selection, { kind: 'actor' }> }) {
  const { actor } = selection;
  const records = useWorkbench((state) => state.records);
  const cursor = useWorkbench((state) => state.cursor);
  const changes = useChanges(selection) ?? NO_CHANGES;
  const steps = useMemo(
    () => stepsOf({ actor, records, cursor, changes, most: MOST }),
    [records, cursor, actor, changes],
  );
  return (
    <>
      <h3>Its steps, and its locals</h3>
      {steps.length === 0 && <p className="dim">None up to this moment.</p>}
      <ol className="inspector-history" aria-label="Steps, the latest first">
        {steps.map(({ step, label, by, changed }) => (
          <li key={step}>
            <button onClick={() => void seek(step)}>
              <span className="history-step">step {step}</span> {by !== actor && <Who actor={by} />} {label}
              {changed.map((change, i) => (
                <ChangeText key={i} {...change} />
              ))}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
