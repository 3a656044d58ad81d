import { type KeyboardEvent, memo, useState } from 'react';
import { at } from '../../lib/at.ts';
import { gridMap, neighbour } from '../../layout/memory-map.ts';
import type { FrameOrder } from '../../layout/memory-map-order.ts';
import { kindOf, type Scene } from '../../machine/decode.ts';
import { frameText, pfnText } from '../../machine/words.ts';
import type { FrameKind } from '../../machine/world.ts';
import { useDiffers } from '../shown-run.ts';
import { elementKey } from '../threads/changes.ts';
import { pointing, toggleSelected, useFrameMark } from '../threads/linked.ts';
import { levelName, type PlacesAt } from './census.ts';
import { DIFFERS } from '../differs-mark.tsx';
import { KIND_LOOKS } from './frame-kinds.ts';
import { ARROWS } from './use-canvas-input.ts';

interface FrameGridProps {
  readonly scene: Scene;
  readonly order: FrameOrder;
  readonly places: PlacesAt;
  readonly changed: ReadonlySet<string>;
}

/** The frames of a small world, each with its number. One tab stop; arrow keys go from frame to frame. */
export function FrameGrid({ scene, order, places, changed }: FrameGridProps) {
  const [active, setActive] = useState(order.nodes[0]?.frames[0] ?? 0);
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const direction = ARROWS[event.key];
    const grid = event.target instanceof Element ? event.target.closest('.frame-cells') : null;
    if (direction === undefined || grid === null) return;
    event.preventDefault();
    const columns = getComputedStyle(grid).gridTemplateColumns.split(' ').length;
    const map = gridMap(
      order.nodes.map(({ frames }) => frames.length),
      columns,
    );
    const from = { node: scene.world.node[active] ?? 0, rank: at(order.rank, active) };
    const to = neighbour(map, from, direction);
    const next = order.nodes[to.node]?.frames[to.rank] ?? active;
    setActive(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-frame="${String(next)}"]`)?.focus();
  };
  return (
    <div className="frame-nodes" onKeyDown={move}>
      {order.nodes.map(({ node, frames }) => (
        <div key={node} className="frame-node" role="group" aria-label={`Node ${String(node)}`}>
          <h3>
            Node {node} <span>{frames.length === 1 ? '1 frame' : `${String(frames.length)} frames`}</span>
          </h3>
          <div className="frame-cells">
            {Array.from(frames, (frame) => (
              <FrameCell
                key={frame}
                frame={frame}
                kind={kindOf(scene, frame)}
                name={frameText(scene.world, frame)}
                pfn={pfnText(scene.world.pfn[frame] ?? 0)}
                level={levelName(scene, places, frame)}
                changed={changed.has(elementKey('frame.kind', frame))}
                focusable={frame === active}
                onActive={setActive}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

interface FrameCellProps {
  readonly frame: number;
  readonly kind: FrameKind;
  readonly name: string;
  readonly pfn: string;
  readonly level: string;
  readonly changed: boolean;
  readonly focusable: boolean;
  readonly onActive: (frame: number) => void;
}

const FrameCell = memo(function FrameCell(props: FrameCellProps) {
  const { frame, kind, name, pfn, level, changed, focusable, onActive } = props;
  const marked = useFrameMark(frame);
  const { sign, word } = KIND_LOOKS[kind];
  const differs = useDiffers()(elementKey('frame.kind', frame));
  const selection = { kind: 'frame', frame } as const;
  const parts = [name, level, word, changed ? 'changed by the last step' : '', differs ? DIFFERS : ''];
  return (
    <button
      className="frame-cell"
      data-frame={frame}
      data-kind={kind}
      data-marked={marked}
      data-changed={changed}
      data-differs={differs || undefined}
      tabIndex={focusable ? 0 : -1}
      aria-pressed={marked === 'chosen'}
      aria-label={parts.filter((part) => part !== '').join(', ')}
      title={parts.filter((part) => part !== '').join(', ')}
      onClick={() => {
        onActive(frame);
        toggleSelected(selection);
      }}
      {...pointing(selection)}
    >
      <span className="frame-cell-kind">
        <span aria-hidden="true">{sign}</span> {level === '' ? word : level}
      </span>
      <b>{pfn}</b>
    </button>
  );
});
