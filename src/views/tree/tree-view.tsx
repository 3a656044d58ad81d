import { useMemo, useState } from 'react';
import { NothingOpen } from '../nothing-open.tsx';
import { type ShownRun, useRun } from '../shown-run.ts';
import { ProcessStrip } from './process-strip.tsx';
import { TreeCanvas } from './tree-canvas.tsx';
import { focusPlace, type Live } from './tree-focus.ts';
import { makePicture } from './tree-picture.ts';
import { groundOf } from './tree-places.ts';
import { makePlan } from './tree-plan.ts';
import './tree-view.css';

const NONE: ReadonlyMap<string, number> = new Map();
/** How many tables of a stack come into view at a time. */
const STACK_STEP = 12;

/** The page tables of each process, by level: what is in the tree, what is in limbo, and who still leads there. */
export function TreeView() {
  const scene = useRun((state) => state.scene);
  const cursor = useRun((state) => state.cursor);
  const places = useRun((state) => state.places);
  if (scene === null) return <NothingOpen what="its page tables" />;
  return <LiveTree live={{ scene, cursor, places }} />;
}

function LiveTree({ live }: { readonly live: Live }) {
  const { scene, cursor, places } = live;
  const opened = useRun((state) => state.opened);
  const changed = useRun((state) => state.changed);
  const last = useRun(lastRecord);
  const [asked, setAsked] = useState({ world: scene.world, expanded: NONE });
  const expanded = asked.world === scene.world ? asked.expanded : NONE;
  const extra = useRun((state) => chosenFrame(state));
  const { key: focus, extra: extraKey } = focusPlace(live, extra);
  const ground = useMemo(() => groundOf(scene.world, places), [scene.world, places]);
  const plan = useMemo(
    () => makePlan({ ground, expanded, extra: extraKey, focus }),
    [ground, expanded, extraKey, focus],
  );
  const picture = useMemo(
    () => makePicture({ scene, plan, cursor, changed, last }),
    [scene, plan, cursor, changed, last],
  );
  const expand = (place: string): void => {
    const count = (expanded.get(place) ?? 0) + STACK_STEP;
    setAsked({ world: scene.world, expanded: new Map([...expanded, [place, count]]) });
  };
  return (
    <div className="tree-view">
      <ProcessStrip />
      <TreeCanvas
        plan={plan}
        picture={picture}
        context={{ scene, holders: picture.holders, actors: opened?.actors ?? [] }}
        expand={expand}
        collapse={expanded.size === 0 ? null : () => setAsked({ world: scene.world, expanded: NONE })}
      />
    </div>
  );
}

function lastRecord({ records, cursor }: ShownRun) {
  return records[cursor - 1] ?? null;
}

function chosenFrame({ selection }: ShownRun): number {
  return selection?.kind === 'frame' || selection?.kind === 'entry' ? selection.frame : 0;
}
