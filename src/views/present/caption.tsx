import { useMemo } from 'react';
import { useWorkbench } from '../../store/workbench.ts';
import { runEnded, type Verdict, verdicts } from '../properties/verdicts.ts';
import { actorName } from '../shell/actor-name.ts';
import { failuresInWords, noneFailsInWords } from './caption-words.ts';

/** Below the view: where the run stands, what the last step did, and what holds. */
export function Caption() {
  const judged = useVerdicts();
  const failing = failuresInWords(judged.list);
  return (
    <footer className="present-caption">
      <Step />
      {failing.length === 0 ? (
        <p className="present-verdict">
          <span aria-hidden="true">✓</span> {noneFailsInWords(judged.list, judged.ended)}
        </p>
      ) : (
        failing.map((text) => (
          <p key={text} className="present-verdict" data-result="fails">
            <span aria-hidden="true">✕</span> {text}
          </p>
        ))
      )}
    </footer>
  );
}

function Step() {
  const record = useWorkbench(({ records, cursor }) => records[cursor - 1]);
  const about = useWorkbench((state) => state.opened?.about);
  const actor = useWorkbench(({ opened }) => opened?.actors[record?.actor ?? 0]);
  const cursor = useWorkbench((state) => state.cursor);
  const length = useWorkbench((state) => state.length);
  return (
    <p className="present-step">
      <span className="present-position">
        {cursor.toLocaleString('en')} of {length.toLocaleString('en')}
      </span>{' '}
      {record === undefined ? (
        about
      ) : (
        <>
          <span className="actor-name" data-cpu={actor?.cpu}>
            {actorName(actor)}
          </span>{' '}
          {record.label}
        </>
      )}
    </p>
  );
}

function useVerdicts(): { readonly list: readonly Verdict[]; readonly ended: boolean } {
  const opened = useWorkbench((state) => state.opened);
  const scene = useWorkbench((state) => state.scene);
  const records = useWorkbench((state) => state.records);
  const cursor = useWorkbench((state) => state.cursor);
  return useMemo(() => {
    if (opened === null || scene === null) return { list: [], ended: false };
    const ended = runEnded(scene, opened);
    const { wholeTableSteps } = scene.world;
    return { list: verdicts({ records, cursor, ended, wholeTableSteps }), ended };
  }, [opened, scene, records, cursor]);
}
