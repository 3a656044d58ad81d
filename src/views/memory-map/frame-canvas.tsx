import { useMemo, useRef } from 'react';
import { cellCorner, fitMemoryMap } from '../../layout/memory-map.ts';
import type { FrameOrder } from '../../layout/memory-map-order.ts';
import type { Scene } from '../../machine/decode.ts';
import { useRun } from '../shown-run.ts';
import type { PlacesAt } from './census.ts';
import { NodeLabels } from './node-labels.tsx';
import { FrameRing } from './frame-ring.tsx';
import { KindProbes, useInks } from './inks.tsx';
import { type SizePx, useMapWindow, useSize } from './map-window.ts';
import type { Picture } from './painter.ts';
import { useCanvasInput } from './use-canvas-input.ts';
import { usePainting } from './use-painting.ts';

interface FrameCanvasProps {
  readonly scene: Scene;
  readonly order: FrameOrder;
  readonly places: PlacesAt;
}

/** The frames of a large world, painted: all of them, and from near each with its number. */
export function FrameCanvas(props: FrameCanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  return (
    <div className="frame-canvas">
      <div ref={box} className="frame-canvas-window">
        {size !== null && size.widthPx > 0 && <PaintedFrames {...props} size={size} />}
      </div>
    </div>
  );
}

const MOST_CELL_PX = 64;
/** Zoomed in fully a cell is this large. */
const NEAR_CELL_PX = 72;

function PaintedFrames({ scene, order, places, size }: FrameCanvasProps & { readonly size: SizePx }) {
  const base = useRef<HTMLCanvasElement>(null);
  const tracked = useRef<HTMLCanvasElement>(null);
  const probes = useRef<HTMLDivElement>(null);
  const inks = useInks(probes);
  const map = useMemo(
    () =>
      fitMemoryMap({
        ...size,
        counts: order.nodes.map(({ frames }) => frames.length),
        mostPx: MOST_CELL_PX,
      }),
    [size, order],
  );
  const nearK = Math.max(1, NEAR_CELL_PX / map.cellPx);
  const view = useMapWindow(tracked, size, nearK);
  const { k, x, y } = view.transform;
  const { world, layout, words } = scene;
  const picture = useMemo((): Picture | null => {
    if (inks === null) return null;
    return { scene: { world, layout, words }, order, map, inks, k, x, y, ...size };
  }, [world, layout, words, order, map, inks, k, x, y, size]);
  usePainting({ base, tracked }, picture, places);
  const show = (frame: number): void => {
    const corner = cellCorner(map, { node: world.node[frame] ?? 0, rank: order.rank[frame] ?? 0 });
    view.show(corner.xPx + map.cellPx / 2, corner.yPx + map.cellPx / 2, nearK);
  };
  const input = useCanvasInput(picture, view);
  return (
    <>
      <KindProbes probes={probes} />
      <canvas ref={base} aria-hidden="true" />
      <canvas
        ref={tracked}
        className="frame-canvas-input"
        tabIndex={0}
        role="application"
        aria-roledescription="memory map"
        aria-label="Frames of every node. Arrow keys go from frame to frame, Enter chooses one, plus and minus zoom, 0 shows all."
        {...input}
      />
      <FrameRing picture={picture} which="selection" />
      <FrameRing picture={picture} which="hover" />
      <NodeLabels map={map} transform={view.transform} heightPx={size.heightPx} />
      <MapTools view={view} onShow={show} />
    </>
  );
}

interface MapToolsProps {
  readonly view: ReturnType<typeof useMapWindow>;
  readonly onShow: (frame: number) => void;
}

function MapTools({ view, onShow }: MapToolsProps) {
  const chosen = useRun(({ selection }) =>
    selection?.kind === 'frame' || selection?.kind === 'entry' ? selection.frame : 0,
  );
  return (
    <div className="frame-canvas-tools" role="group" aria-label="Zoom">
      {chosen !== 0 && <button onClick={() => onShow(chosen)}>Show the chosen frame</button>}
      <button aria-label="Zoom in" onClick={() => view.zoomBy(2)}>
        +
      </button>
      <button aria-label="Zoom out" onClick={() => view.zoomBy(0.5)}>
        −
      </button>
      <button onClick={view.showAll}>All</button>
    </div>
  );
}
