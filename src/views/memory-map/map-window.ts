import { select as selectElement, zoom, zoomIdentity, type ZoomTransform } from 'd3';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

export interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The size of an element, kept up to date; null before it is known. */
export function useSize(box: RefObject<HTMLElement | null>): SizePx | null {
  const [size, setSize] = useState<SizePx | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

export interface MapWindow {
  readonly transform: ZoomTransform;
  readonly zoomBy: (factor: number) => void;
  readonly showAll: () => void;
  /** Brings a spot of the map, in its own coordinates, to the middle, at least at the scale `k`. */
  readonly show: (xPx: number, yPx: number, k: number) => void;
}

/** Zooming and panning by wheel, drag and pinch, and from buttons. */
export function useMapWindow(
  canvas: RefObject<HTMLCanvasElement | null>,
  { widthPx, heightPx }: SizePx,
  mostZoom: number,
): MapWindow {
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const behaviour = useMemo(
    () =>
      zoom<HTMLCanvasElement, unknown>()
        .scaleExtent([1, mostZoom])
        .extent([
          [0, 0],
          [widthPx, heightPx],
        ])
        .translateExtent([
          [0, 0],
          [widthPx, heightPx],
        ])
        .on('zoom', ({ transform: now }: { transform: ZoomTransform }) => setTransform(now)),
    [widthPx, heightPx, mostZoom],
  );
  const current = useRef(behaviour);
  useEffect(() => {
    current.current = behaviour;
    const element = canvas.current;
    if (element === null) return;
    const target = selectElement(element);
    target.call(behaviour).on('dblclick.zoom', null);
    target.call((s) => behaviour.scaleBy(s, 1));
    return () => {
      target.on('.zoom', null);
    };
  }, [canvas, behaviour]);
  const on = useCallback(
    (act: (target: ReturnType<typeof selectElement<HTMLCanvasElement, unknown>>) => void) => {
      if (canvas.current !== null) act(selectElement<HTMLCanvasElement, unknown>(canvas.current));
    },
    [canvas],
  );
  return {
    transform,
    zoomBy: (factor) => on((target) => current.current.scaleBy(target, factor)),
    showAll: () => on((target) => current.current.transform(target, zoomIdentity)),
    show: (xPx, yPx, k) =>
      on((target) => {
        current.current.scaleTo(target, Math.max(k, transform.k));
        current.current.translateTo(target, xPx, yPx);
      }),
  };
}
