import { cacheSlots, type CacheSlots } from '../../machine/caches.ts';
import type { Action } from '../script.ts';
import { designOf, driveUntil, read, type Rig, rigOf, stepActor } from './rig.ts';
import { moverOn, reads, scenarioOn, userOn } from './worlds.ts';

export const slotsOf = (rig: Rig): CacheSlots => cacheSlots(rig.scene.world);

/** The TLB of a CPU, slot by slot. */
export function tlb(rig: Rig, cpu = 0): number[] {
  return Array.from({ length: slotsOf(rig).tlbSlots }, (_, slot) => read(rig, 'cpu.tlb', slot, cpu));
}

/** The paging-structure caches of a CPU, slot by slot: frames of next tables. */
export function walkCache(rig: Rig, cpu = 0): number[] {
  return slotsOf(rig).walkSlots.map(({ slot }) => read(rig, 'cpu.walk_cache', slot, cpu));
}

/**
 * Three levels, va0 and va1 in one PTE table, va2 in the next; va0 is read-only. CPU0 has read all three. CPU1 does
 * `other`: an access, or the relocation of a table.
 */
export function warmed(other: Action | 'top' | number): Rig {
  const user = typeof other === 'object';
  const running = user ? [0, 1] : [0];
  const threads = [userOn(0, reads(0), reads(1), reads(2)), user ? userOn(1, other) : moverOn(1, other)];
  const vas = [{ readOnly: true }, {}, {}];
  const rig = rigOf(scenarioOn({ shape: 'three', vas, running }, threads), designOf('2008-05-09'));
  driveUntil(rig, 'cpu0', /read from .* for va2/);
  stepActor(rig, 'cpu0');
  return rig;
}
