import { select, zoom, type ZoomBehavior, zoomIdentity, type ZoomTransform, zoomTransform } from 'd3';
import { fitReadable, type Rect, reveal, type Size, touches, type Zoom } from '../../layout/tree-fit.ts';
import { prefersStill } from './prefers-still.ts';

/** Pans and zooms the tree. Fits it to its panel until the reader takes over. */
export interface Zoomer {
  /** The panel or the content has another size. */
  resize(content: Size, panel: Size): void;
  /** Back to the whole tree; the reader's own zoom is forgotten. */
  fit(): void;
  by(factor: number): void;
  /** Brings part of the content into view, unless the reader has taken over. `moves`: from where the picture stands now. */
  show(rect: Rect, options: { readonly moves: boolean }): void;
  /** Whether a card of this place is in sight, or some of it; of a panel without a size yet: yes. */
  sees(card: Rect): boolean;
  /** Where the picture stands now. */
  zoom(): Zoom;
  close(): void;
}

const MOVE_MS = 220;
/** Text is 13 px at zoom 1: at least 11 px after a fit. */
const LEAST = 0.85;
/** Text of 9 px, on any screen: where that brings the whole tree into sight it is worth it. */
const SMALLEST = 0.7;
const MOST = 1.5;
/** The buttons and the legend stand over the foot of the panel: a picture that leaves it free is all in sight. */
const FOOT_PX = 42;

/** What is said of a card stands out over it: a breach by the most, to the right of a page. */
const AROUND_PX = 48;

interface Held {
  readonly svg: SVGSVGElement;
  readonly behaviour: ZoomBehavior<SVGSVGElement, unknown>;
  content: Size;
  panel: Size;
  /** The reader has not moved the picture. */
  auto: boolean;
  /** Where the picture stands, or is on its way to; null where the reader moved it. */
  goal: Zoom | null;
}

/** Takes hold of an svg; `moved` is called whenever the picture stands elsewhere. */
export function createZoomer(svg: SVGSVGElement, target: SVGGElement, moved: () => void): Zoomer {
  const none = { widthPx: 1, heightPx: 1 };
  const behaviour = zoom<SVGSVGElement, unknown>().scaleExtent([0.1, 4]);
  const held: Held = { svg, behaviour, content: none, panel: none, auto: true, goal: null };
  // Asked of the element itself, its size would force a layout at each move.
  behaviour.extent(() => [
    [0, 0],
    [held.panel.widthPx, held.panel.heightPx],
  ]);
  behaviour.on('zoom', (event: { transform: ZoomTransform; sourceEvent: unknown }) => {
    if (event.sourceEvent !== null && event.sourceEvent !== undefined) [held.auto, held.goal] = [false, null];
    target.setAttribute('transform', event.transform.toString());
    moved();
  });
  select(svg).call(behaviour).on('dblclick.zoom', null);
  return {
    resize(content, panel) {
      [held.content, held.panel] = [content, panel];
      if (held.auto) go(held, fitted(held), 0);
    },
    fit() {
      held.auto = true;
      go(held, fitted(held), MOVE_MS);
    },
    by(factor) {
      held.auto = false;
      behaviour.scaleBy(select(svg).transition().duration(duration(MOVE_MS)), factor);
    },
    show(rect, { moves }) {
      if (!held.auto) return;
      // Not where it is on the way: d3 zooms out and in again as it moves, and the next move would keep that.
      const now = held.goal ?? zoomTransform(svg);
      if (fitsWhole(held, now.k)) return;
      const next = reveal(now, rect, held.panel);
      if (next !== now) go(held, next, moves ? MOVE_MS : 0);
    },
    sees: (card) =>
      held.panel === none || touches(zoomTransform(svg), card, { panel: held.panel, aroundPx: AROUND_PX }),
    zoom: () => zoomTransform(svg),
    close() {
      select(svg).interrupt().on('.zoom', null);
    },
  };
}

function fitsWhole({ content, panel }: Held, k: number): boolean {
  return content.widthPx * k <= panel.widthPx + 1 && content.heightPx * k <= panel.heightPx + 1;
}

function duration(ms: number): number {
  return prefersStill() ? 0 : ms;
}

function fitted({ content, panel, svg }: Held): Zoom {
  const rootPx = Number.parseFloat(getComputedStyle(svg.ownerDocument.documentElement).fontSize) || 16;
  const larger = rootPx / 16;
  const [least, most] = [LEAST * larger, MOST * larger];
  const clear = { ...panel, heightPx: panel.heightPx - FOOT_PX * larger };
  return fitReadable({ content, panel, clear, least, most, smallest: SMALLEST });
}

function go(held: Held, { k, x, y }: Zoom, ms: number): void {
  const { svg, behaviour } = held;
  held.goal = { k, x, y };
  const to = zoomIdentity.translate(x, y).scale(k);
  if (duration(ms) === 0) {
    select(svg).interrupt();
    behaviour.transform(select(svg), to);
    return;
  }
  behaviour.transform(select(svg).transition().duration(ms), to);
}
