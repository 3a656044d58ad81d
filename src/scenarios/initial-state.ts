import { at } from '../lib/at.ts';
import { ENTRY_A, ENTRY_P, ENTRY_SHIFT, ENTRY_W, entryFrame } from '../machine/entry.ts';
import type { Va, World } from '../machine/world.ts';
import { fieldOf, type Layout } from '../program/layout.ts';
import type { Scenario } from './scenario.ts';

export function initialState(scenario: Scenario, layout: Layout): Int32Array {
  const { world } = scenario;
  const words = new Int32Array(layout.words);
  const put = (name: string, value: number, col = 0, row = 0): void => {
    const { offset, cols } = fieldOf(layout, name);
    words[offset + row * cols + col] = value;
  };
  words.set(world.entries, fieldOf(layout, 'entries').offset);
  for (let frame = 1; frame <= world.frames; frame++) put('frame.kind', at(world.kind, frame), frame);
  if (world.replicas !== null)
    for (let frame = 1; frame <= world.tableFrames; frame++)
      put('frame.replica', at(world.replicas.next, frame), frame);
  for (const page of world.dirtyPages) {
    put('frame.dirty', 1, page);
    put('ghost.newer', 1, page);
  }
  for (const [mm, { pgd, cpus }] of world.mms.entries()) {
    put('mm.pgd', pgd, mm);
    (world.replicas?.tops[mm] ?? []).forEach((top, node) => {
      put('mm.pgd', top, mm, node);
    });
    put('mm.cpu_vm_mask', cpus, mm);
    for (let cpu = 0; cpu < world.cpus; cpu++)
      if ((cpus & (1 << cpu)) !== 0) startOn({ world, put }, cpu, mm);
    for (const va of world.vas) {
      const start = startEntry(world, pgd, va);
      put('ghost.translation', start & ((-1 << ENTRY_SHIFT) | ENTRY_W), va.id, mm);
      put('ghost.young', (start & ENTRY_A) === 0 ? 0 : 1, va.id, mm);
    }
  }
  return words;
}

interface Start {
  readonly world: World;
  readonly put: (name: string, value: number, col?: number, row?: number) => void;
}

function startOn({ world, put }: Start, cpu: number, mm: number): void {
  const pgd = world.replicas?.tops[mm]?.[at(world.cpuNodes, cpu)] ?? at(world.mms, mm).pgd;
  put('cpu.mm', mm + 1, cpu);
  put('cpu.cr3', pgd, cpu);
  if (!world.pdpteRegisters) return;
  for (let i = 0; i < at(world.levels, 0).entries; i++)
    put('cpu.pdpte', at(world.entries, pgd * world.stride + i), i, cpu);
}

/** The leaf entry that a va starts with; 0 when it is not present. */
export function startEntry(world: World, pgd: number, va: Va): number {
  let frame = pgd;
  for (let level = 0; level < va.leaf; level++)
    frame = entryFrame(at(world.entries, frame * world.stride + at(va.path, level)));
  const entry = frame === 0 ? 0 : at(world.entries, frame * world.stride + at(va.path, va.leaf));
  return (entry & ENTRY_P) === 0 ? 0 : entry;
}
