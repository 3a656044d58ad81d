import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { MAP_KINDS, type MapKind, mapKindNumber } from '../../reports/memory/map-kinds.ts';
import { type SizePx, useMapWindow, useSize } from '../memory-map/map-window.ts';
import { SelectField } from '../reports/select-field.tsx';
import { columnsFor, paintBitmap } from './frame-bitmap.ts';
import { MapLegend } from './map-legend.tsx';
import { MapProbes, useMapInks } from './map-inks.tsx';
import { MAP_LOOKS } from './map-looks.ts';
import { paintMap } from './paint-map.ts';
import './frame-map.css';

interface FrameMapProps {
  /** What is drawn, for those who cannot see it. */
  readonly label: string;
  /** The kind of each frame. */
  readonly map: Uint8Array;
  /** First frames of nodes after the first. */
  readonly borders: readonly number[];
  /** The frame that a step is about, -1 for none. */
  readonly marked?: number;
  /** What to say of a frame: its number, its node. */
  readonly nameOf: (frame: number) => string;
}

/** Frames of a whole memory, painted, from one to many millions: all at once, or from near each with its letter. */
export function FrameMap(props: FrameMapProps) {
  const room = useRef<HTMLDivElement>(null);
  const size = useSize(room);
  const [highlight, setHighlight] = useState<MapKind | ''>('');
  const [pointed, setPointed] = useState(-1);
  const kind = MAP_KINDS[props.map[pointed] ?? -1];
  return (
    <div className="frame-map">
      <div className="frame-map-head">
        <MapLegend map={props.map} />
        <SelectField
          label="Show alone"
          value={highlight}
          options={[{ value: '', text: 'all kinds' }].concat(
            MAP_KINDS.map((each) => ({ value: each, text: MAP_LOOKS[each].word })),
          )}
          choose={(value) => setHighlight(MAP_KINDS.find((each) => each === value) ?? '')}
        />
      </div>
      <div ref={room} className="frame-map-room">
        {size !== null && size.widthPx > 0 && (
          <PaintedMap {...props} size={size} highlight={highlight} pointed={pointed} onPoint={setPointed} />
        )}
      </div>
      <p className="frame-map-reading" role="status">
        {kind === undefined
          ? 'Point at the map, or use its arrow keys, to read a frame; plus and minus zoom, 0 shows all.'
          : `${props.nameOf(pointed)}: ${MAP_LOOKS[kind].word}, ${MAP_LOOKS[kind].meaning}`}
      </p>
    </div>
  );
}

const NEAR_CELL_PX = 28;
const MOST_CELL_PX = 28;

interface PaintedProps extends FrameMapProps {
  readonly size: SizePx;
  readonly highlight: MapKind | '';
  readonly pointed: number;
  readonly onPoint: (frame: number) => void;
}

function PaintedMap(props: PaintedProps) {
  const { map, borders, size, highlight, pointed, marked = -1, label, onPoint } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const probes = useRef<HTMLDivElement>(null);
  const inks = useMapInks(probes);
  const columns = columnsFor(map.length, size.widthPx, size.heightPx);
  const rows = Math.ceil(map.length / columns);
  const cellPx = Math.min(MOST_CELL_PX, size.widthPx / columns, size.heightPx / rows);
  const view = useMapWindow(canvas, size, Math.max(1, NEAR_CELL_PX / cellPx));
  const { k, x, y } = view.transform;
  const bitmap = useMemo(() => {
    const wanted = highlight === '' ? null : mapKindNumber(highlight);
    return inks === null ? null : paintBitmap({ map, columns, inks, highlight: wanted });
  }, [map, columns, inks, highlight]);
  useLayoutEffect(() => {
    if (canvas.current === null || bitmap === null || inks === null) return;
    paintMap(canvas.current, { map, bitmap, inks, borders, view: { cellPx, k, x, y, ...size } });
  }, [map, bitmap, inks, borders, cellPx, k, x, y, size]);
  const frameAt = (px: number, py: number): number => {
    const [column, row] = [Math.floor((px - x) / (cellPx * k)), Math.floor((py - y) / (cellPx * k))];
    const frame = row * columns + column;
    return column >= 0 && column < columns && frame >= 0 && frame < map.length ? frame : -1;
  };
  const moved = (event: KeyboardEvent): void => {
    const to = target(event.key, { frame: Math.max(0, pointed), columns, frames: map.length });
    if (to !== null) {
      onPoint(to);
      if (!isInside(to))
        view.show(((to % columns) + 0.5) * cellPx, (Math.floor(to / columns) + 0.5) * cellPx, k);
    } else if (event.key === '+' || event.key === '=') view.zoomBy(2);
    else if (event.key === '-') view.zoomBy(0.5);
    else if (event.key === '0') view.showAll();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const isInside = (frame: number): boolean => {
    const [left, top] = [(frame % columns) * cellPx * k + x, Math.floor(frame / columns) * cellPx * k + y];
    return left >= 0 && top >= 0 && left < size.widthPx && top < size.heightPx;
  };
  const ring = (frame: number, which: string) =>
    frame < 0 ? null : (
      <MapRing
        which={which}
        cell={cellPx * k}
        left={(frame % columns) * cellPx * k + x}
        top={Math.floor(frame / columns) * cellPx * k + y}
      />
    );
  return (
    <>
      <MapProbes probes={probes} />
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-roledescription="memory map"
        aria-label={`${label}. Arrow keys go from frame to frame, plus and minus zoom, 0 shows all.`}
        onKeyDown={moved}
        onPointerMove={(event: PointerEvent) => {
          if (event.buttons === 0) onPoint(frameAt(event.nativeEvent.offsetX, event.nativeEvent.offsetY));
        }}
      />
      {ring(marked, 'step')}
      {ring(pointed, 'pointed')}
      <div className="frame-map-tools" role="group" aria-label="Zoom">
        <button aria-label="Zoom in" onClick={() => view.zoomBy(2)}>
          +
        </button>
        <button aria-label="Zoom out" onClick={() => view.zoomBy(0.5)}>
          −
        </button>
        <button onClick={view.showAll}>All</button>
      </div>
    </>
  );
}

interface Where {
  readonly frame: number;
  readonly columns: number;
  readonly frames: number;
}

/** The frame that a key leads to; null when the key is no arrow. */
function target(key: string, { frame, columns, frames }: Where): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: frame - 1,
    ArrowRight: frame + 1,
    ArrowUp: frame - columns,
    ArrowDown: frame + columns,
    Home: 0,
    End: frames - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.min(frames - 1, Math.max(0, to));
}

interface RingProps {
  readonly which: string;
  readonly cell: number;
  readonly left: number;
  readonly top: number;
}

const LEAST_RING_PX = 14;

function MapRing({ which, cell, left, top }: RingProps) {
  const size = Math.max(LEAST_RING_PX, cell + 4);
  const [x, y] = [left + (cell - size) / 2, top + (cell - size) / 2];
  return (
    <span
      className="frame-map-ring"
      data-which={which}
      style={{ width: size, height: size, transform: `translate(${String(x)}px, ${String(y)}px)` }}
    />
  );
}
