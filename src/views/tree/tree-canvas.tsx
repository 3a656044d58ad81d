import { useMemo, useRef, useState } from 'react';
import { propertyOf } from '../../properties/properties.ts';
import { useRun } from '../shown-run.ts';
import { CpuRails } from './cpu-rails.tsx';
import { PageCard } from './page-card.tsx';
import { TableCard } from './table-card.tsx';
import { TreeDefs } from './tree-defs.tsx';
import { type Highlight, type HighlightArgs, highlightOf, markedRows } from './tree-highlight.ts';
import { drawnRect } from './drawn-rect.ts';
import { MoreHint } from './more-hint.tsx';
import { TreeLegend } from './tree-legend.tsx';
import { TreeLines } from './tree-lines-layer.tsx';
import type { Sees } from './sees.ts';
import type { CardMark, Picture } from './tree-model.ts';
import type { Plan } from './tree-plan.ts';
import { TreeTools } from './tree-tools.tsx';
import { type TreeInput, useTreeInput } from './use-tree-input.ts';
import { useFollow } from './use-follow.ts';
import { useLater } from './use-later.ts';
import { useZoomer } from './use-zoomer.ts';
import type { Zoomer } from './zoomer.ts';
import './tree-picture.css';

export interface TreeCanvasProps {
  readonly plan: Plan;
  readonly picture: Picture;
  readonly context: HighlightArgs;
  readonly expand: (place: string) => void;
  /** null when nothing is expanded. */
  readonly collapse: (() => void) | null;
}

/** The drawing: rails of the CPUs over the columns of tables, in a picture that can be panned and zoomed. */
export function TreeCanvas({ plan, picture, context, expand, collapse }: TreeCanvasProps) {
  const svg = useRef<SVGSVGElement>(null);
  const target = useRef<SVGGElement>(null);
  const zoomer = useRef<Zoomer>(null);
  const drawn = useMemo(() => drawnRect(picture), [picture]);
  const { waits, catchUp } = useLater(picture);
  const [sees] = useState((): Sees => (rect) => zoomer.current?.sees(rect) ?? true);
  const hidden = useZoomer({ svg, target, zoomer }, { plan, drawn, onMove: catchUp });
  const input = useTreeInput(picture, expand);
  const selection = useRun((state) => state.selection);
  const hover = useRun((state) => state.hover);
  const leapt = useRun((state) => state.leapt ?? false);
  const chosen = useMemo(() => highlightOf(selection, context), [selection, context]);
  const pointed = useMemo(() => highlightOf(hover, context), [hover, context]);
  useFollow(picture, zoomer, !leapt);
  return (
    <div className="tree-canvas">
      <svg
        ref={svg}
        className="tree-svg"
        role="group"
        aria-label="Page tables by level"
        data-still={leapt ? true : undefined}
      >
        <TreeDefs />
        <g ref={target}>
          <TreeLines picture={picture} highlight={[chosen, pointed]} />
          <CpuRails plan={plan} picture={picture} />
          <Cards
            plan={plan}
            picture={picture}
            input={input}
            highlights={{ chosen, pointed }}
            sees={waits ? sees : null}
          />
        </g>
      </svg>
      <MoreHint hidden={hidden} />
      <TreeTools zoomer={zoomer} collapse={collapse} />
      <TreeLegend />
      <Complaints picture={picture} />
    </div>
  );
}

interface CardsProps {
  readonly plan: Plan;
  readonly picture: Picture;
  readonly input: TreeInput;
  readonly highlights: { readonly chosen: Highlight; readonly pointed: Highlight };
  /** What it does not see is not drawn anew yet; null: everything is drawn. */
  readonly sees: Sees | null;
}

function Cards({ plan, picture, input, highlights: { chosen, pointed }, sees }: CardsProps) {
  const { headPx, rowPx, footPx } = plan.sizes;
  const { focus, ...handlers } = input;
  const both = { frames: chosen.frames, entries: new Set([...chosen.entries, ...pointed.entries]) };
  const cards = [...picture.cards].sort((a, b) => a.frame - b.frame);
  return (
    <g role="tree" aria-label="Tables and pages" aria-busy={sees === null ? undefined : true} {...handlers}>
      {cards.map((card) => (
        <TableCard
          key={cardKey(plan, card)}
          card={card}
          headPx={headPx}
          rowPx={rowPx}
          footPx={footPx}
          chosen={chosen.frames.has(card.frame)}
          pointed={pointed.frames.has(card.frame)}
          marked={markedRows(both, card.frame)}
          focusable={focus === card.frame}
          sees={sees}
        />
      ))}
      {picture.pages.map((page) => (
        <PageCard
          key={page.key}
          page={page}
          level={plan.world.levels.length + 1}
          chosen={chosen.frames.has(page.frame)}
          pointed={pointed.frames.has(page.frame)}
          focusable={focus === page.frame}
          sees={sees}
        />
      ))}
    </g>
  );
}

/** A card keeps its element as long as its table has it; in the band the next table that moves takes it over. */
function cardKey({ band }: Plan, { place, level, frame, y }: CardMark): string {
  return place !== null && band.has(place) ? `band ${String(level)} ${String(y)}` : String(frame);
}

function Complaints({ picture }: { readonly picture: Picture }) {
  if (picture.complaints.length === 0) return null;
  return (
    <ul className="tree-complaints">
      {picture.complaints.map(({ property, why }) => (
        <li key={property}>
          <strong>⚠ {propertyOf(property)?.title ?? property}:</strong> {why}
        </li>
      ))}
    </ul>
  );
}
