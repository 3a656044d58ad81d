import { entryOf, frameState } from '../../machine/decode.ts';
import { ENTRY_LEAF, ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { pfnText } from '../../machine/words.ts';
import { grouped } from '../grouped.ts';
import type { CardArgs } from './tree-cards.ts';
import { feetOf } from './tree-feet.ts';
import type { PageMark } from './tree-model.ts';
import type { Plan, PlanPage } from './tree-plan.ts';
import type { Spot } from './tree-spots.ts';

/** The pages that the shown entries map: one card for each page that any version of a table leads to. */
export function pageMarks(args: CardArgs, spots: ReadonlyMap<number, Spot>): readonly PageMark[] {
  const byPlace = grouped(spots.values(), ({ table }) => table?.key);
  return args.plan.pages.flatMap((page) => {
    const frames = pageFrames(args, page, byPlace.get(page.table) ?? []);
    return frames.map((frame, nth) => pageMark(args, { page, frame, nth }));
  });
}

function pageFrames(
  { scene, plan }: CardArgs,
  { index }: PlanPage,
  spots: readonly Spot[],
): readonly number[] {
  const frames = new Set<number>();
  for (const { frame, table } of spots) {
    const word = entryOf(scene, frame, index);
    if (table !== null && mapsPage(plan, table.level, word)) frames.add(entryFrame(word));
  }
  return [...frames];
}

/** The entry maps memory itself. */
export function mapsPage({ world }: Plan, level: number, word: number): boolean {
  return (word & ENTRY_P) !== 0 && (level === world.levels.length - 1 || (word & ENTRY_LEAF) !== 0);
}

interface OnePage {
  readonly page: PlanPage;
  readonly frame: number;
  readonly nth: number;
}

function pageMark(
  { scene, plan, holders, wasChanged, culprits }: CardArgs,
  { page, frame, nth }: OnePage,
): PageMark {
  const { pfn, node, dirty, kind } = frameState(scene, frame);
  const { pagePx } = plan.sizes;
  const known = frame <= plan.world.frames;
  const feet = feetOf(holders.get(frame) ?? [], { lines: 1, widthPx: pagePx });
  const mark = {
    key: `${page.key}:${String(frame)}`,
    frame,
    x: page.x + nth * (pagePx + 8),
    y: page.y,
    widthPx: pagePx,
    title: pfnText(pfn),
    node,
    dirty,
    dropped: kind === 'dropped',
    changed: known && (wasChanged('frame.kind', frame) || wasChanged('frame.dirty', frame)),
    feet,
    culprit: culprits.get(frame) ?? '',
  };
  return { ...mark, says: pageWords(mark) };
}

function pageWords({ title, node, dirty, feet, culprit }: Omit<PageMark, 'says'>): string {
  const parts = [
    `page, frame ${title}, node ${String(node)}, ${dirty ? 'marked dirty' : 'not marked dirty'}`,
  ];
  for (const { says } of feet) parts.push(`cached by ${says}`);
  if (culprit !== '') parts.push(`breaks ${culprit}`);
  return parts.join('. ');
}
