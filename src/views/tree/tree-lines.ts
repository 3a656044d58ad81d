import { copyPath, entryPath, type Point } from '../../layout/tree-paths.ts';
import { rowMiddlePx } from '../../layout/tree-size.ts';
import { entryOf, frameState, mmState } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import type { CardArgs } from './tree-cards.ts';
import type { EdgeMark, PageMark, RootMark, TieMark } from './tree-model.ts';
import { mapsPage } from './tree-pages.ts';
import type { Spot } from './tree-spots.ts';

export interface LineArgs extends CardArgs {
  readonly spots: ReadonlyMap<number, Spot>;
  readonly pages: readonly PageMark[];
}

/** From every shown entry to the table or page it leads to. A freed table leads nowhere, unless somebody still reads it. */
export function edgeMarks(args: LineArgs): readonly EdgeMark[] {
  const pages = new Map(args.pages.map((page) => [page.key, page]));
  return [...args.spots.values()].flatMap((spot) => {
    const reached = args.holders.has(spot.frame);
    if (spot.table === null || (spot.state === 'freed' && !reached)) return [];
    return spot.table.rows.flatMap((row, i) => {
      if (row.kind !== 'entry') return [];
      const edge = edgeOf(args, { spot, index: row.index, row: i, pages });
      return edge === null ? [] : [edge];
    });
  });
}

interface OneEdge {
  readonly spot: Spot;
  readonly index: number;
  readonly row: number;
  readonly pages: ReadonlyMap<string, PageMark>;
}

function edgeOf(args: LineArgs, { spot, index, row, pages }: OneEdge): EdgeMark | null {
  const { scene, plan, wasChanged } = args;
  const word = entryOf(scene, spot.frame, index);
  if ((word & ENTRY_P) === 0 || spot.table === null) return null;
  const to = mapsPage(plan, spot.table.level, word)
    ? pageEnd(pages.get(`${spot.table.key}#${String(index)}:${String(entryFrame(word))}`))
    : tableEnd(args.spots.get(entryFrame(word)));
  if (to === null) return null;
  const from = { x: spot.x + plan.sizes.cardPx, y: spot.y + rowMiddlePx(plan.sizes, row) };
  return {
    key: `${String(spot.frame)}.${String(index)}`,
    frame: spot.frame,
    index,
    d: entryPath(from, to),
    state: spot.state,
    changed: wasChanged('entries', index, spot.frame),
  };
}

function tableEnd(spot: Spot | undefined): Point | null {
  return spot === undefined ? null : { x: spot.x - 2, y: spot.y + 12 };
}

function pageEnd(page: PageMark | undefined): Point | null {
  return page === undefined ? null : { x: page.x - 2, y: page.y + 12 };
}

/** Arcs for entries that the last step copied from one version to another, and the link of adBits between the two. */
export function tieMarks(args: LineArgs): readonly TieMark[] {
  return [...args.spots.values()].flatMap((spot) => {
    const other = args.spots.get(spot.beside);
    if (other === undefined || spot.table === null) return [];
    return [...copyTies(args, spot, other), ...linkTies(args, spot, other)];
  });
}

function copyTies({ plan, wasChanged }: LineArgs, spot: Spot, from: Spot): readonly TieMark[] {
  if (spot.state !== 'new') return [];
  return (spot.table?.rows ?? []).flatMap((row, i): TieMark[] => {
    if (row.kind !== 'entry' || !wasChanged('entries', row.index, spot.frame)) return [];
    const y = rowMiddlePx(plan.sizes, i);
    const d = copyPath({ x: from.x, y: from.y + y }, { x: spot.x - 1, y: spot.y + y });
    return [{ key: `copy${String(spot.frame)}.${String(row.index)}`, kind: 'copy', d }];
  });
}

function linkTies({ scene, plan }: LineArgs, spot: Spot, other: Spot): readonly TieMark[] {
  if (
    frameState(scene, spot.frame).link !== other.frame &&
    frameState(scene, other.frame).link !== spot.frame
  )
    return [];
  const [above, below] = spot.y < other.y ? [spot, other] : [other, spot];
  const x = above.x + plan.sizes.cardPx - 16;
  const top = above.y + (above.table?.cardHeightPx ?? 0);
  const d = `M${String(x)} ${String(top)}L${String(x)} ${String(below.y)}`;
  return [{ key: `link${String(spot.frame)}`, kind: 'link', d }];
}

/** Where mm.pgd of each process leads; with copies on nodes, that of each node. */
export function rootMarks({ scene, spots, wasChanged, plan }: LineArgs): readonly RootMark[] {
  return plan.world.mms.flatMap((_, mm) => {
    const { tops, name } = mmState(scene, mm);
    return [...new Set(tops)].flatMap((top): RootMark[] => {
      const spot = spots.get(top);
      if (spot === undefined) return [];
      const nodes = tops.flatMap((one, node) => (one === top ? [node] : []));
      const changed = nodes.some((node) => wasChanged('mm.pgd', mm, node));
      const short = name.length > 6 ? 'mm' : name;
      const text = tops.length > 1 ? nodes.map((node) => `n${String(node)}`).join(' ') : short;
      return [{ key: `${String(mm)}.${String(top)}`, text, at: { x: spot.x, y: spot.y + 12 }, changed }];
    });
  });
}
