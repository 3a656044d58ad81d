import { useMemo } from 'react';
import { at } from '../../lib/at.ts';
import { useWorkbench } from '../../store/workbench.ts';
import type { Choice } from '../../worker/moment-messages.ts';
import { NothingOpen } from '../nothing-open.tsx';
import { Settling, useSettled } from '../settling.tsx';
import { changedElements } from './changes.ts';
import { Lane } from './lane.tsx';
import './threads.css';

const none: readonly Choice[] = [];

/** What each actor runs, line by line, and its next step. Threads come first, then what may happen by itself. */
export function ThreadsView() {
  const opened = useWorkbench((state) => state.opened);
  const { scene, choices, changed } = useSettled();
  const byActor = useMemo(() => {
    const groups = new Map<number, Choice[]>();
    for (const choice of choices) groups.set(choice.actor, [...(groups.get(choice.actor) ?? []), choice]);
    return groups;
  }, [choices]);
  if (opened === null || scene === null) return <NothingOpen what="its threads" />;
  const elements = changedElements(scene.layout, changed);
  const lane = (actor: number) => {
    const view = {
      info: at(opened.actors, actor),
      program: at(opened.programs, actor),
      choices: byActor.get(actor) ?? none,
    };
    return <Lane key={view.info.id} scene={scene} actor={actor} view={view} changed={elements} />;
  };
  const actors = [...opened.actors.keys()];
  const isThread = (actor: number): boolean => at(opened.actors, actor).kind === 'thread';
  const others = actors.filter((actor) => !isThread(actor));
  return (
    <Settling>
      <div className="threads">
        <div className="lanes">{actors.filter(isThread).map(lane)}</div>
        {others.length > 0 && (
          <div className="lanes" role="group" aria-label="Interrupts and other work">
            {others.map(lane)}
          </div>
        )}
      </div>
    </Settling>
  );
}
