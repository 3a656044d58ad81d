import { useMemo } from 'react';
import { kindOf } from '../../machine/decode.ts';
import { frameText } from '../../machine/words.ts';
import type { World } from '../../machine/world.ts';
import type { Selection } from '../../store/selection.ts';
import { useRun } from '../shown-run.ts';
import { RichText } from '../threads/rich-text.tsx';
import { type FactsArgs, pointersTo, tableName } from './frame-facts.ts';
import { KIND_LOOKS } from './frame-kinds.ts';

function frameIn(selection: Selection | null): number {
  return selection?.kind === 'frame' || selection?.kind === 'entry' ? selection.frame : 0;
}

/** A page of a capture that was made without root has no frame number. */
function nameOf(world: World, frame: number): string {
  const known = frame <= world.frames || world.pfn[frame] !== 0;
  return known ? frameText(world, frame) : 'a frame whose number is not known';
}

/** What the frame that is pointed at, or else chosen, is, and who leads to it. */
export function FrameDetail(facts: FactsArgs) {
  const frame = useRun(({ hover, selection }) => frameIn(hover) || frameIn(selection));
  const { scene, opened, places } = facts;
  const pointers = useMemo(
    () => (frame === 0 ? [] : pointersTo({ scene, opened, places }, frame)),
    [scene, opened, places, frame],
  );
  if (frame === 0)
    return (
      <div className="frame-detail dim" role="status" tabIndex={0}>
        Point at a frame to see who leads to it; click to keep it.
      </div>
    );
  const { world } = scene;
  const { word, meaning } = KIND_LOOKS[kindOf(scene, frame)];
  const table = tableName(scene, places.get(frame));
  return (
    <div className="frame-detail" role="status" tabIndex={0}>
      <p>
        <b>{nameOf(world, frame)}</b>, node {world.node[frame]}: <b>{word}</b>
        <span className="frame-meaning"> ({meaning})</span>
        {table !== '' && <>, {table}</>}
      </p>{' '}
      <p>
        {pointers.length === 0 ? 'Nothing leads to it.' : 'Led to by '}
        {pointers.map((text, i) => (
          <span key={text}>
            {i > 0 && '; '}
            <RichText scene={scene} text={text} />
          </span>
        ))}
      </p>
    </div>
  );
}
