import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { type HiddenSide, hiddenSides, type Rect, type Size } from '../../layout/tree-fit.ts';
import { createZoomer, type Zoomer } from './zoomer.ts';

/** The svg, the group in it that is moved, and who moves it. */
export interface ZoomRefs {
  readonly svg: RefObject<SVGSVGElement | null>;
  readonly target: RefObject<SVGGElement | null>;
  readonly zoomer: RefObject<Zoomer | null>;
}

export interface Zoomed {
  readonly plan: Size;
  readonly drawn: Rect;
  /** Called whenever the picture stands elsewhere. */
  readonly onMove: () => void;
}

/**
 * Pan and zoom of the svg, fitted to its box as long as the reader does not take over. Gives the sides beyond which there
 * is more of `drawn`.
 */
export function useZoomer(
  { svg, target, zoomer }: ZoomRefs,
  { plan: { widthPx, heightPx }, drawn, onMove }: Zoomed,
): readonly HiddenSide[] {
  const [hidden, setHidden] = useState<readonly HiddenSide[]>([]);
  const [panel, setPanel] = useState<Size>({ widthPx: 0, heightPx: 0 });

  const look = useEffectEvent(() => {
    const now = zoomer.current?.zoom();
    if (now === undefined || panel.widthPx === 0) return;
    const next = hiddenSides(now, drawn, panel);
    setHidden((before) => (before.join() === next.join() ? before : next));
  });

  const moved = useEffectEvent(() => {
    onMove();
    look();
  });

  useEffect(() => {
    if (svg.current === null || target.current === null) return;
    const made = createZoomer(svg.current, target.current, () => moved());
    zoomer.current = made;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      setPanel({ widthPx: entry.contentRect.width, heightPx: entry.contentRect.height });
    });
    observer.observe(svg.current);
    return () => {
      observer.disconnect();
      made.close();
      zoomer.current = null;
    };
  }, [svg, target, zoomer]);

  useLayoutEffect(() => {
    if (panel.widthPx > 0) zoomer.current?.resize({ widthPx, heightPx }, panel);
  }, [zoomer, widthPx, heightPx, panel]);

  useLayoutEffect(() => look(), [drawn, panel]);
  return hidden;
}
