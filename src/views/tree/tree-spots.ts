import { columnPx, railPx } from '../../layout/tree-size.ts';
import { kindOf, type Scene, threadPointers } from '../../machine/decode.ts';
import { kindNumber } from '../../machine/world.ts';
import { fieldOf, readField } from '../../program/layout.ts';
import type { Place } from '../../worker/places.ts';
import type { TableState } from './tree-model.ts';
import type { Plan, PlanTable } from './tree-plan.ts';

/** A table that has a card at this moment, and where. */
export interface Spot {
  readonly frame: number;
  readonly state: TableState;
  /** null: it has no place yet and waits in the rail of the CPU that allocated it. */
  readonly table: PlanTable | null;
  /** The table it is a copy of, or that stands in its place now; 0 when it is the only one. */
  readonly beside: number;
  /** Entries copied so far into a new table; null when that is not told. */
  readonly copied: number | null;
  readonly x: number;
  readonly y: number;
}

export interface SpotArgs {
  readonly scene: Scene;
  readonly plan: Plan;
  readonly cursor: number;
}

/** Cards of the moment by frame: every version of every place that has come about, then the new frames. */
export function tableSpots(args: SpotArgs): ReadonlyMap<number, Spot> {
  const spots = new Map<number, Spot>();
  for (const table of args.plan.tables.values())
    for (const spot of versionSpots(args, table)) spots.set(spot.frame, spot);
  let unplaced = 0;
  for (const copy of newTables(args.scene)) {
    const spot = copySpot(args, copy) ?? railSpot(args.plan, copy, unplaced++);
    if (spot !== null) spots.set(copy.fresh, spot);
  }
  return spots;
}

function standing({ versions }: { versions: readonly Place[] }, cursor: number): readonly Place[] {
  return versions.filter(({ since }) => since <= cursor);
}

function versionSpots({ scene, plan, cursor }: SpotArgs, table: PlanTable): readonly Spot[] {
  const versions = standing(table, cursor);
  const latest = versions.at(-1)?.frame ?? 0;
  return versions.flatMap(({ frame }, slot) => {
    const state = stateOf(scene, frame);
    if (state === null) return [];
    const beside = frame === latest ? 0 : latest;
    return [{ frame, state, table, beside, copied: null, ...corner(plan, table, slot) }];
  });
}

function stateOf(scene: Scene, frame: number): TableState | null {
  switch (kindOf(scene, frame)) {
    case 'table':
      return 'current';
    case 'limbo':
      return 'limbo';
    case 'freed-table':
      return 'freed';
    case 'unlinked':
      return 'unlinked';
    case 'new':
      return 'new';
    default:
      return null;
  }
}

function corner({ sizes }: Plan, { x, y, cardHeightPx }: PlanTable, slot: number): { x: number; y: number } {
  return { x, y: y + slot * (cardHeightPx + sizes.versionGapPx) };
}

interface Copy {
  readonly fresh: number;
  /** The thread that relocates into it, '' for none. */
  readonly thread: string;
  readonly old: number;
  /** A thread that has a pointer to it. */
  readonly holder: string;
}

/** Tables of kind new, with the thread that relocates into them and from where, as far as its pointers tell. */
function newTables(scene: Scene): readonly Copy[] {
  const { world, layout, words } = scene;
  const { offset } = fieldOf(layout, 'frame.kind');
  const kind = kindNumber('new');
  const frames: number[] = [];
  for (let frame = 1; frame <= world.tableFrames; frame++)
    if (words[offset + frame] === kind) frames.push(frame);
  if (frames.length === 0) return [];
  const pointers = threadPointers(scene);
  return frames.map((fresh) => {
    const thread = pointers.find((p) => p.name === 'rel_fresh' && p.frame === fresh)?.thread ?? '';
    const old = pointers.find((p) => p.name === 'rel_old' && p.thread === thread)?.frame ?? 0;
    const holder = pointers.find((p) => p.frame === fresh)?.thread ?? '';
    return { fresh, thread, old, holder };
  });
}

function copySpot({ scene, plan, cursor }: SpotArgs, { fresh, thread, old }: Copy): Spot | null {
  const slot = plan.slotOf.get(old);
  const table = slot === undefined ? undefined : plan.tables.get(slot.key);
  if (table === undefined) return null;
  const counter = `${thread}.copied`;
  const { layout, words } = scene;
  const copied = layout.fields.has(counter) ? readField(layout, words, counter) : null;
  const nth = standing(table, cursor).length;
  return { frame: fresh, state: 'new', table, beside: old, copied, ...corner(plan, table, nth) };
}

/** Over the column of pages, beside the name of the CPU whose thread holds it. */
function railSpot({ sizes, world }: Plan, { fresh, holder }: Copy, nth: number): Spot | null {
  if (nth > 1) return null;
  const cpu = Math.max(0, Number(/\d+$/.exec(holder)?.[0] ?? 0));
  const x = columnPx(sizes, world.levels.length) + nth * (sizes.pagePx + 6);
  const y = sizes.titlePx + cpu * railPx(sizes) + 2;
  return { frame: fresh, state: 'new', table: null, beside: 0, copied: null, x, y };
}
