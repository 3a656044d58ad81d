import { cpuState, isOldTable, kindOf, type Scene, threadPointers } from '../../machine/decode.ts';
import { ENTRY_P, entryFrame } from '../../machine/entry.ts';
import { fieldOf } from '../../program/layout.ts';
import { grouped } from '../grouped.ts';

/** Something that leads to a frame: a register or cache of a CPU, or a pointer of a thread. */
export interface Holder {
  /** -1: no CPU of its own (RCU callbacks). */
  readonly cpu: number;
  readonly name: string;
  readonly kind: 'cr3' | 'cache' | 'tlb' | 'thread';
  readonly frame: number;
  /** It leads to a table that the tree does not lead to any more. */
  readonly stale: boolean;
  /** The last step wrote it. */
  readonly changed: boolean;
  /** As a noun: "CPU0's PDE cache". */
  readonly says: string;
}

export type WasChanged = (field: string, col?: number, row?: number) => boolean;

/** Tells which elements of the state the last move of the cursor changed. */
export function changedTest({ layout }: Scene, changed: Int32Array): WasChanged {
  const offsets = new Set(changed);
  return (name, col = 0, row = 0) => {
    const { offset, cols } = fieldOf(layout, name);
    return offsets.has(offset + row * cols + col);
  };
}

/** Everything that leads to a table or (TLB) to a page, CPU by CPU. */
export function allHolders(scene: Scene, wasChanged: WasChanged): readonly Holder[] {
  const holders: Holder[] = [];
  for (let cpu = 0; cpu < scene.world.cpus; cpu++) holders.push(...cpuHolders(scene, cpu, wasChanged));
  return [...holders, ...threadHolders(scene, wasChanged)];
}

function cpuHolders(scene: Scene, cpu: number, wasChanged: WasChanged): readonly Holder[] {
  const { cr3, cr3Stale, walkCache, tlb, pdptes } = cpuState(scene, cpu);
  const name = `CPU${String(cpu)}`;
  const top: Holder = {
    cpu,
    name: 'CR3',
    kind: 'cr3',
    frame: cr3,
    stale: cr3Stale,
    changed: wasChanged('cpu.cr3', cpu),
    says: `${name}’s CR3`,
  };
  const cached = walkCache.map((slot): Holder => ({
    cpu,
    name: `${slot.name}$`,
    kind: 'cache',
    frame: slot.frame,
    stale: slot.stale,
    changed: wasChanged('cpu.walk_cache', slot.slot, cpu),
    says: `${name}’s ${slot.name} cache`,
  }));
  const registers = pdptes.map((entry, i): Holder => {
    const frame = (entry & ENTRY_P) === 0 ? 0 : entryFrame(entry);
    return {
      cpu,
      name: `PDPTE${String(i)}`,
      kind: 'cache',
      frame,
      stale: frame !== 0 && isOldTable(kindOf(scene, frame)),
      changed: wasChanged('cpu.pdpte', i, cpu),
      says: `${name}’s register PDPTE${String(i)}`,
    };
  });
  const pages = tlb.map(({ slot, entry, stale, vas }): Holder => ({
    cpu,
    name: 'TLB',
    kind: 'tlb',
    frame: entryFrame(entry),
    stale,
    changed: wasChanged('cpu.tlb', slot, cpu),
    says: `${name}’s TLB entry for ${vas.map((va) => scene.world.vas[va]?.name ?? '').join(' and ')}`,
  }));
  return [top, ...cached, ...registers, ...pages].filter(({ frame }) => frame !== 0);
}

function threadHolders(scene: Scene, wasChanged: WasChanged): readonly Holder[] {
  return threadPointers(scene).map(({ thread, name, frame }) => {
    const digits = /\d+$/.exec(thread);
    const cpu = digits === null ? -1 : Number(digits[0]);
    const who = cpu < 0 ? 'RCU callbacks' : `CPU${String(cpu)}`;
    return {
      cpu,
      name,
      kind: 'thread',
      frame,
      stale: isOldTable(kindOf(scene, frame)),
      changed: wasChanged(`${thread}.${name}_table`),
      says: `${who}’s pointer ${name}`,
    };
  });
}

export function holdersByFrame(holders: readonly Holder[]): ReadonlyMap<number, readonly Holder[]> {
  return grouped(holders, ({ frame }) => frame);
}
