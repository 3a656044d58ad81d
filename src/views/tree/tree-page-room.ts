import { ENTRY_LEAF } from '../../machine/entry.ts';
import type { World } from '../../machine/world.ts';
import type { TreePlace } from './tree-places.ts';
import type { RowSpec } from './tree-rows.ts';

/** Entries of a place that have room for a page: those with a row at the bottom, and huge ones that an address uses. */
export function pageIndices(
  world: World,
  { level, path, versions }: TreePlace,
  rows: readonly RowSpec[],
): readonly number[] {
  if (level === world.levels.length - 1)
    return rows.flatMap((row) => (row.kind === 'entry' ? [row.index] : []));
  const frame = versions[0]?.frame ?? 0;
  const huge = world.vas
    .filter((va) => va.leaf === level && path.every((step, i) => va.path[i] === step))
    .map((va) => va.path[level] ?? 0)
    .filter((index) => ((world.entries[frame * world.stride + index] ?? 0) & ENTRY_LEAF) !== 0);
  return [...new Set(huge)];
}
