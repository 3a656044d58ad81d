import { at } from '../lib/at.ts';
import type { Va, World } from './world.ts';

/** One paging-structure-cache slot: the entry at `level` on the way to some vas, which leads to a next table. */
export interface WalkCacheSlot {
  readonly slot: number;
  readonly level: number;
  /** Indices from the top down to and including `level`. */
  readonly prefix: readonly number[];
}

/** Which TLB and walk-cache slots the vas of a world use; two vas in one page share a TLB slot. */
export interface CacheSlots {
  readonly tlb: readonly number[];
  readonly tlbSlots: number;
  /** By va id: slots from the top level down to the one above the leaf. */
  readonly walk: readonly (readonly number[])[];
  readonly walkSlots: readonly WalkCacheSlot[];
}

const known = new WeakMap<World, CacheSlots>();

/** Deterministic numbering, in the order of the vas. PAE's top level has registers, not a cache. */
export function cacheSlots(world: World): CacheSlots {
  const earlier = known.get(world);
  if (earlier !== undefined) return earlier;
  const pages = new Map<string, number>();
  const walkSlots: WalkCacheSlot[] = [];
  const prefixes = new Map<string, number>();
  const walk = world.vas.map((va) =>
    levelsAbove(world, va).map((level) => slotOf(va, level, prefixes, walkSlots)),
  );
  const tlb = world.vas.map((va) => {
    const key = va.path.join('.');
    const slot = pages.get(key) ?? pages.size;
    pages.set(key, slot);
    return slot;
  });
  const slots = { tlb, tlbSlots: pages.size, walk, walkSlots };
  known.set(world, slots);
  return slots;
}

function levelsAbove(world: World, va: Va): readonly number[] {
  const first = world.pdpteRegisters ? 1 : 0;
  return Array.from({ length: Math.max(0, va.leaf - first) }, (_, i) => first + i);
}

function slotOf(va: Va, level: number, prefixes: Map<string, number>, slots: WalkCacheSlot[]): number {
  const prefix = va.path.slice(0, level + 1);
  const key = prefix.join('.');
  const found = prefixes.get(key);
  if (found !== undefined) return found;
  prefixes.set(key, slots.length);
  return slots.push({ slot: slots.length, level, prefix }) - 1;
}

/** Intel's name for the cache of entries at a level (SDM 4.10.3): named after the entry, counted from the bottom. */
export function walkCacheName(world: World, level: number): string {
  const fromBottom = world.levels.length - 1 - level;
  return at(['PTE', 'PDE', 'PDPTE', 'PML4E', 'PML5E'], fromBottom);
}
