import type { Scene } from '../../machine/decode.ts';
import type { StepRecord } from '../../worker/moment-messages.ts';
import { cardMark } from './tree-cards.ts';
import { allHolders, changedTest, holdersByFrame } from './tree-holders.ts';
import { edgeMarks, rootMarks, tieMarks } from './tree-lines.ts';
import type { Picture } from './tree-model.ts';
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
  const culprits = culpritFrames(last);
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
    complaints,
    holders: all,
  };
}

/** Frames that the broken step names, in its label or in what is said against it, with what was broken. */
function culpritFrames(last: StepRecord | null): ReadonlyMap<number, string> {
  const culprits = new Map<number, string>();
  for (const { property, frames } of last?.violations ?? []) {
    const breach = property.replace(/^no-/, '').replaceAll('-', ' ');
    for (const frame of [...frames, ...(last?.frames ?? [])]) if (frame !== 0) culprits.set(frame, breach);
  }
  return culprits;
}
