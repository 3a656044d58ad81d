import { useMemo, useState } from 'react';
import { type WorkbenchState, useWorkbench } from '../../store/workbench.ts';
import { ProcessStrip } from './process-strip.tsx';
import { TreeCanvas } from './tree-canvas.tsx';
import { focusPlace, type Live } from './tree-focus.ts';
import { allHolders, changedTest } from './tree-holders.ts';
import { makePicture } from './tree-picture.ts';
import { makePlan } from './tree-plan.ts';
import './tree-view.css';

const NONE: ReadonlyMap<string, number> = new Map();
/** How many tables of a stack come into view at a time. */
const STACK_STEP = 12;

/** The page tables of each process, by level: what is in the tree, what is in limbo, and who still leads there. */
export function TreeView() {
  const scene = useWorkbench((state) => state.scene);
  const cursor = useWorkbench((state) => state.cursor);
  const places = useWorkbench((state) => state.places);
  if (scene === null)
    return (
      <p className="tree-empty">
        No process is open yet. Choose a scenario, or open a capture, and its page tables appear here.
      </p>
    );
  return <LiveTree live={{ scene, cursor, places }} />;
}

function LiveTree({ live }: { readonly live: Live }) {
  const { scene, cursor, places } = live;
  const opened = useWorkbench((state) => state.opened);
  const changed = useWorkbench((state) => state.changed);
  const last = useWorkbench(lastRecord);
  const [asked, setAsked] = useState({ world: scene.world, expanded: NONE });
  const expanded = asked.world === scene.world ? asked.expanded : NONE;
  const extra = useWorkbench((state) => chosenFrame(state));
  const { key: focus, extra: extraKey } = focusPlace(live, extra);
  const plan = useMemo(
    () => makePlan({ world: scene.world, places, expanded, extra: extraKey, focus }),
    [scene.world, places, expanded, extraKey, focus],
  );
  const picture = useMemo(
    () => makePicture({ scene, plan, cursor, changed, last }),
    [scene, plan, cursor, changed, last],
  );
  const wasChanged = useMemo(() => changedTest(scene, changed), [scene, changed]);
  const holders = useMemo(() => allHolders(scene, wasChanged), [scene, wasChanged]);
  const expand = (place: string): void => {
    const count = (expanded.get(place) ?? 0) + STACK_STEP;
    setAsked({ world: scene.world, expanded: new Map([...expanded, [place, count]]) });
  };
  return (
    <div className="tree-view">
      <ProcessStrip scene={scene} wasChanged={wasChanged} />
      <TreeCanvas
        plan={plan}
        picture={picture}
        context={{ scene, holders, actors: opened?.actors ?? [] }}
        expand={expand}
        collapse={expanded.size === 0 ? null : () => setAsked({ world: scene.world, expanded: NONE })}
      />
    </div>
  );
}

function lastRecord({ records, cursor }: WorkbenchState) {
  return records[cursor - 1] ?? null;
}

function chosenFrame({ selection }: WorkbenchState): number {
  return selection?.kind === 'frame' || selection?.kind === 'entry' ? selection.frame : 0;
}
