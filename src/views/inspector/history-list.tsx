import { useEffect, useMemo } from 'react';
import { fetchHistory, useHistory } from '../../store/history.ts';
import type { Selection } from '../../store/selection.ts';
import { seek, useWorkbench } from '../../store/workbench.ts';
import { shortActorName } from '../shell/actor-name.ts';
import { objectOf } from './chosen.ts';

/** The latest changes that are listed; the earlier ones are counted. */
const MOST = 100;

/** Who changed what is chosen, and when, up to the moment shown, the latest first; each leads there. */
export function History({ selection }: { readonly selection: Selection }) {
  const object = useMemo(() => objectOf(selection), [selection]);
  const scene = useWorkbench((state) => state.scene);
  const playing = useWorkbench((state) => state.playing);
  const actors = useWorkbench((state) => state.opened?.actors);
  const { of, changes } = useHistory();
  useEffect(() => {
    if (object !== null && !playing) void fetchHistory(object);
  }, [object, scene, playing]);
  const shown = of === object ? changes.slice(-MOST).toReversed() : [];
  return (
    <>
      <h3>Who changed it, when</h3>
      {of === object && changes.length === 0 && <p className="dim">Nobody up to this moment.</p>}
      <ol className="inspector-history" aria-label="Changes, the latest first">
        {shown.map(({ step, actor, label, what, before, after }, i) => (
          <li key={`${String(step)} ${String(i)}`}>
            <button title={label} onClick={() => void seek(step)}>
              <span className="history-step">step {step}</span>{' '}
              <span className="actor-name" data-cpu={actors?.[actor]?.cpu}>
                {shortActorName(actors?.[actor])}
              </span>
              <span className="history-change">
                {what}: <s>{before}</s> → <b>{after}</b>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {changes.length > MOST && <p className="dim">and {changes.length - MOST} earlier ones</p>}
    </>
  );
}

/** The latest steps of an actor up to the moment shown; each leads there. */
export function ActorSteps({ actor }: { readonly actor: number }) {
  const records = useWorkbench((state) => state.records);
  const cursor = useWorkbench((state) => state.cursor);
  const steps = useMemo(() => {
    const own: (typeof records)[number][] = [];
    for (let i = cursor - 1; i >= 0 && own.length < MOST; i--) {
      const record = records[i];
      if (record?.actor === actor) own.push(record);
    }
    return own;
  }, [records, cursor, actor]);
  return (
    <>
      <h3>Its steps</h3>
      {steps.length === 0 && <p className="dim">None up to this moment.</p>}
      <ol className="inspector-history" aria-label="Steps, the latest first">
        {steps.map(({ index, label }) => (
          <li key={index}>
            <button onClick={() => void seek(index + 1)}>
              <span className="history-step">step {index + 1}</span> {label}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
