import { cpuState, currentLeaf, entryOf, kindOf } from '../machine/decode.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, entryFrame } from '../machine/entry.ts';
import type { FrameKind } from '../machine/world.ts';
import type { Seen } from './lesson.ts';

/** Steps of an actor whose words match. */
export function countSteps({ actors, records }: Seen, actor: string, label: RegExp): number {
  return records.filter((record) => actors[record.actor]?.id === actor && label.test(record.label)).length;
}

/** The frame in which an actor's latest walk read an entry (`pte[1]`); 0 when it read none. */
export function frameOfRead({ actors, records }: Seen, actor: string, entry: string): number {
  const read = records.findLast(
    (record) =>
      actors[record.actor]?.id === actor && record.label.startsWith(`walk: read ${entry} in frame `),
  );
  return Number(/ in frame (\d+)/.exec(read?.label ?? '')?.[1] ?? 0);
}

/** The bits of the entry that maps a va now. */
export function leafBits(
  { scene }: Seen,
  va: number,
): { present: boolean; accessed: boolean; dirty: boolean } {
  const entry = currentLeaf(scene, 0, va);
  return {
    present: (entry & ENTRY_P) !== 0,
    accessed: (entry & ENTRY_A) !== 0,
    dirty: (entry & ENTRY_D) !== 0,
  };
}

/** Whether a CPU has a TLB entry for a va. */
export function inTlb({ scene }: Seen, cpu: number, va: number): boolean {
  return cpuState(scene, cpu).tlb.some(({ vas, entry }) => vas.includes(va) && entry !== 0);
}

/** Tables that a CPU's paging-structure caches lead to. */
export function walkCached({ scene }: Seen, cpu: number): number {
  return cpuState(scene, cpu).walkCache.filter(({ frame }) => frame !== 0).length;
}

/** Frames of a kind. */
export function framesOfKind({ scene }: Seen, kind: FrameKind): readonly number[] {
  const frames: number[] = [];
  for (let frame = 1; frame <= scene.world.frames; frame++)
    if (kindOf(scene, frame) === kind) frames.push(frame);
  return frames;
}

/** Tables at the bottom, copies on other nodes among them, whose entry for a va maps a page. */
export function tablesThatMap(seen: Seen, va: number): readonly number[] {
  return tablesWith(seen, va, ENTRY_P);
}

/** Those of them whose entry has D. */
export function tablesWithDirty(seen: Seen, va: number): readonly number[] {
  return tablesWith(seen, va, ENTRY_P | ENTRY_D);
}

function tablesWith(seen: Seen, va: number, bits: number): readonly number[] {
  const { scene } = seen;
  const place = scene.world.vas[va];
  if (place === undefined) throw new Error(`there is no va${String(va)}`);
  return framesOfKind(seen, 'table').filter((frame) => {
    const entry = entryOf(scene, frame, place.path[place.leaf] ?? 0);
    return (entry & bits) === bits && kindOf(scene, entryFrame(entry)) !== 'table';
  });
}

/** Whether some entry of some table in limbo has D. */
export function dirtyInLimbo(seen: Seen): boolean {
  return framesOfKind(seen, 'limbo').some((frame) =>
    Array.from({ length: seen.scene.world.stride }, (_, index) => entryOf(seen.scene, frame, index)).some(
      (entry) => (entry & ENTRY_D) !== 0,
    ),
  );
}

/** Whether any step so far broke a property. */
export function hasBroken({ records }: Seen, property: string): boolean {
  return records.some(({ violations }) => violations.some((violation) => violation.property === property));
}

/** 'yes' or 'no': the ids of the options of most questions. */
export function yesNo(is: boolean): string {
  return is ? 'yes' : 'no';
}
