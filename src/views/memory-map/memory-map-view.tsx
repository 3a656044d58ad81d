import { memo, useMemo } from 'react';
import { orderFrames } from '../../layout/memory-map-order.ts';
import type { Scene } from '../../machine/decode.ts';
import type { Opened } from '../../worker/protocol.ts';
import { NothingOpen } from '../nothing-open.tsx';
import { useFollowing } from '../settling.tsx';
import { useRun } from '../shown-run.ts';
import { changedElements } from '../threads/changes.ts';
import { FrameCanvas } from './frame-canvas.tsx';
import { FrameDetail } from './frame-detail.tsx';
import { FrameGrid } from './frame-grid.tsx';
import { Legend } from './legend.tsx';
import { usePlaces } from './use-places.ts';
import '../threads/threads.css';
import './memory-map.css';

/** More frames than this are painted; fewer are elements of the page. */
const MOST_CELLS = 400;

/** Every frame of every node, in the order of frame numbers. */
export function MemoryMapView() {
  const opened = useRun((state) => state.opened);
  const { scene, changed, cursor } = useFollowing();
  if (opened === null || scene === null) return <NothingOpen what="its memory" />;
  return <MemoryMap opened={opened} scene={scene} changed={changed} cursor={cursor} />;
}

interface MemoryMapProps {
  readonly opened: Opened;
  readonly scene: Scene;
  readonly changed: Int32Array;
  readonly cursor: number;
}

const MemoryMap = memo(function MemoryMap({ opened, scene, changed, cursor }: MemoryMapProps) {
  const allPlaces = useRun((state) => state.places);
  const { world } = scene;
  const order = useMemo(() => orderFrames(world), [world]);
  const places = usePlaces(allPlaces, cursor);
  const small = world.pfn.length - 1 <= MOST_CELLS;
  return (
    <div className="memory-map">
      <Legend scene={scene} />
      {small ? (
        <FrameGrid
          key={world.name}
          scene={scene}
          order={order}
          places={places}
          changed={changedElements(scene.layout, changed)}
        />
      ) : (
        <FrameCanvas key={world.name} scene={scene} order={order} places={places} />
      )}
      <FrameDetail scene={scene} opened={opened} places={places} />
    </div>
  );
});
