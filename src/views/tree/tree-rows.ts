import { ENTRY_LEAF } from '../../machine/entry.ts';
import type { World } from '../../machine/world.ts';
import type { TreePlace } from './tree-places.ts';

/** What a row of a card stands for. Decided once for a run: rows do not come and go. */
export type RowSpec =
  | { readonly kind: 'entry'; readonly index: number }
  /** The `nth` run of entries that have no row of their own; the last of `of` sums up the rest. */
  | { readonly kind: 'run'; readonly nth: number; readonly of: number }
  /** The tables below that have no card. */
  | { readonly kind: 'stack' };

const SMALL = 8;
const MOST_ENTRIES = 8;
const RUNS = 3;

export interface RowsArgs {
  readonly world: World;
  readonly place: TreePlace;
  /** Entries whose tables have cards. */
  readonly shown: readonly number[];
  /** How many tables below have none. */
  readonly hidden: number;
}

/** The rows of a table's card: every entry of a small table; of a large one those that matter, and sums of the others. */
export function rowsOf({ world, place, shown, hidden }: RowsArgs): readonly RowSpec[] {
  const entries = world.levels[place.level]?.entries ?? 0;
  if (entries <= SMALL) return Array.from({ length: entries }, (_, index) => ({ kind: 'entry', index }));
  const indices = [...new Set([...touched(world, place), ...shown])].sort((a, b) => a - b);
  const kept = indices.slice(0, Math.max(MOST_ENTRIES, shown.length));
  const rows: RowSpec[] = kept.map((index) => ({ kind: 'entry', index }));
  const runs = mapsPages(world, place) ? Math.max(1, RUNS - kept.length) : 0;
  for (let nth = 0; nth < runs; nth++) rows.push({ kind: 'run', nth, of: runs });
  if (hidden > 0) rows.push({ kind: 'stack' });
  return rows;
}

/** Entries on the way to an address of the world. */
function touched(world: World, { path, level }: TreePlace): readonly number[] {
  return world.vas.flatMap((va) => {
    const index = va.path[level];
    const below = index !== undefined && path.every((step, i) => va.path[i] === step);
    return below ? [index] : [];
  });
}

function mapsPages(world: World, { level, versions }: TreePlace): boolean {
  if (level === world.levels.length - 1) return true;
  const frame = versions[0]?.frame ?? 0;
  const row = world.entries.subarray(frame * world.stride, (frame + 1) * world.stride);
  return row.some((entry) => (entry & ENTRY_LEAF) !== 0);
}

export interface EntryRun {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Runs of neighbouring entries that are not empty and not among `own`. */
export function entryRuns(row: Int32Array, own: ReadonlySet<number>): readonly EntryRun[] {
  const runs: { first: number; last: number; count: number }[] = [];
  for (let index = 0; index < row.length; index++) {
    if (row[index] === 0 || own.has(index)) continue;
    const run = runs.at(-1);
    if (run?.last === index - 1) {
      run.last = index;
      run.count += 1;
    } else runs.push({ first: index, last: index, count: 1 });
  }
  return runs;
}
