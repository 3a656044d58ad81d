import type { Scene } from '../../machine/decode.ts';
import type { StepRecord } from '../../worker/protocol.ts';
import { cardMark } from './tree-cards.ts';
import { allHolders, changedTest, holdersByFrame } from './tree-holders.ts';
import { edgeMarks, rootMarks, tieMarks } from './tree-lines.ts';
import type { Picture } from './tree-model.ts';
import { columnPx } from '../../layout/tree-size.ts';
import { pageMarks } from './tree-pages.ts';
import type { Plan } from './tree-plan.ts';
import { railMarks } from './tree-rails.ts';
import { tableSpots } from './tree-spots.ts';

export interface PictureArgs {
  readonly scene: Scene;
  readonly plan: Plan;
  readonly cursor: number;
  readonly changed: Int32Array;
  /** The step taken last; null before the first. */
  readonly last: StepRecord | null;
}

/** Reads one moment of a run into the marks that are drawn for it. */
export function makePicture({ scene, plan, cursor, changed, last }: PictureArgs): Picture {
  const wasChanged = changedTest(scene, changed);
  const all = allHolders(scene, wasChanged);
  const complaints = last?.violations ?? [];
  const culprits = new Map(
    (complaints.length > 0 ? (last?.frames ?? []) : []).map((frame) => [frame, breach(complaints)]),
  );
  const args = { scene, plan, holders: holdersByFrame(all), wasChanged, culprits };
  const spots = tableSpots({ scene, plan, cursor });
  const pages = pageMarks(args, spots);
  const lines = { ...args, spots, pages };
  return {
    cards: [...spots.values()].map((spot) => cardMark(args, spot)),
    pages,
    edges: edgeMarks(lines),
    rails: railMarks({ ...lines, all }),
    ties: tieMarks(lines),
    roots: rootMarks(lines),
    tray: {
      x: columnPx(plan.sizes, 0),
      y: plan.trayY,
      used: [...spots.values()].some(({ table }) => table === null),
    },
    complaints,
  };
}

/** What was broken, short: "lost dirty", "use after free". */
function breach(complaints: StepRecord['violations']): string {
  const [first] = complaints;
  return first === undefined ? '' : first.property.replace(/^no-/, '').replaceAll('-', ' ');
}
