import { flowChips } from '../../layout/tree-chips.ts';
import { lanePath, type Point } from '../../layout/tree-paths.ts';
import { CHAR_PX, columnPx, railPx } from '../../layout/tree-size.ts';
import { frameText } from '../../machine/words.ts';
import { fitNames } from './tree-feet.ts';
import type { Holder } from './tree-holders.ts';
import type { LineArgs } from './tree-lines.ts';
import type { ChipMark, RailMark } from './tree-model.ts';

export interface RailArgs extends LineArgs {
  readonly all: readonly Holder[];
}

/** For each CPU: CR3, and whatever of it still leads to an old table, over the column of that table. */
export function railMarks(args: RailArgs): readonly RailMark[] {
  const { sizes, world } = args.plan;
  const heightPx = railPx(sizes);
  const shown = args.all.filter(({ kind, stale, cpu }) => cpu >= 0 && (kind === 'cr3' || stale));
  return Array.from({ length: world.cpus }, (_, cpu) => {
    const y = sizes.titlePx + cpu * heightPx;
    const own = shown.filter((holder) => holder.cpu === cpu);
    return { cpu, y, heightPx, chips: chipsOf(args, own, y) };
  });
}

interface Group {
  readonly frame: number;
  readonly column: number;
  readonly stale: boolean;
  readonly holders: readonly Holder[];
}

function chipsOf(args: RailArgs, holders: readonly Holder[], y: number): readonly ChipMark[] {
  const groups = groupsOf(args, holders);
  const columns = [...new Set(groups.map(({ column }) => column))];
  return columns.flatMap((column) => {
    const own = groups.filter((group) => group.column === column);
    return cellChips(args, { groups: own, column, y });
  });
}

/** One chip for each table: all that this CPU holds on it. */
function groupsOf(args: RailArgs, holders: readonly Holder[]): readonly Group[] {
  const frames = [...new Set(holders.map(({ frame }) => frame))];
  return frames.map((frame) => {
    const own = holders.filter((holder) => holder.frame === frame);
    return { frame, column: columnOf(args, frame), stale: own.some(({ stale }) => stale), holders: own };
  });
}

function columnOf({ spots, pages, plan }: RailArgs, frame: number): number {
  const level = spots.get(frame)?.table?.level ?? plan.places.get(plan.slotOf.get(frame)?.key ?? '')?.level;
  if (level !== undefined) return level;
  const page = pages.find((p) => p.frame === frame);
  const isTable = frame <= plan.world.tableFrames;
  if (page === undefined) return isTable ? 0 : plan.world.levels.length;
  return Math.round((page.x - plan.sizes.marginPx) / (plan.sizes.cardPx + plan.sizes.gutterPx));
}

interface Cell {
  readonly groups: readonly Group[];
  readonly column: number;
  readonly y: number;
}

function cellChips(args: RailArgs, { groups, column, y }: Cell): readonly ChipMark[] {
  const { sizes } = args.plan;
  const room = Math.floor((sizes.cardPx - 18) / CHAR_PX / Math.min(2, groups.length));
  const texts = groups.map(({ holders }) => fitNames('', [...new Set(holders.map((h) => h.name))], room));
  const widths = texts.map((text, i) => text.length * CHAR_PX + (groups[i]?.stale === true ? 30 : 14));
  const flow = { widthPx: sizes.cardPx + 4, gapPx: 6, linePx: sizes.chipPx, lines: sizes.chipLines };
  const x = columnPx(sizes, column);
  return flowChips(widths, flow).flatMap((spot, i) => {
    const group = groups[i];
    if (spot === null || group === undefined) return [];
    const at = { x: x + spot.x, y: y + 3 + spot.y };
    return [chipMark(args, group, { at, text: texts[i] ?? '', widthPx: widths[i] ?? 0, column })];
  });
}

interface ChipPlace {
  readonly at: Point;
  readonly text: string;
  readonly widthPx: number;
  readonly column: number;
}

function chipMark(args: RailArgs, group: Group, { at, text, widthPx, column }: ChipPlace): ChipMark {
  const { frame, holders, stale } = group;
  const cpu = holders[0]?.cpu ?? 0;
  const end = laneEnd(args, frame);
  const laneX = columnPx(args.plan.sizes, column) - 9 - 6 * (cpu % 4);
  const middle = { x: at.x, y: at.y + args.plan.sizes.chipPx / 2 - 1 };
  const names = holders.map(({ says }) => says).join(', ');
  return {
    key: `${String(cpu)}:${String(frame)}`,
    cpu,
    text,
    ...at,
    widthPx,
    lane: end === null ? null : lanePath(middle, laneX, end),
    stale,
    changed: holders.some(({ changed }) => changed),
    says: `${names} ${stale ? 'still leads' : 'leads'} to ${frameText(args.plan.world, frame)}`,
  };
}

/** Into the lowest part of a card, where those who lead to it are named. */
function laneEnd({ spots, pages, plan }: RailArgs, frame: number): Point | null {
  const spot = spots.get(frame);
  if (spot !== undefined && spot.table !== null)
    return { x: spot.x - 3, y: spot.y + spot.table.cardHeightPx - 14 };
  const page = pages.find((p) => p.frame === frame);
  return page === undefined ? null : { x: page.x - 3, y: page.y + plan.sizes.headPx + 10 };
}
