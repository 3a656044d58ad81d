import type { World } from '../../machine/world.ts';

/** The size of the page that a leaf entry of `level` maps (SDM 4.2-4.5): every level above the bottom multiplies it. */
export function pageSizeText({ levels }: Pick<World, 'levels'>, level: number): string {
  const above = levels.length - 1 - level;
  if (above === 0) return '4 KiB';
  if (levels.length === 2) return '4 MiB';
  return above === 1 ? '2 MiB' : '1 GiB';
}
