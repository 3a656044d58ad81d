import type { Field } from '../program/layout.ts';
import { cacheSlots } from './caches.ts';
import { topRows } from './replicas.ts';
import { FRAME_KINDS, maxEntry, type World } from './world.ts';

/** Sizes that depend on what the threads of a scenario do. */
export interface Demand {
  /** Relocations (enter to leave) in all programs: each has its list of old tables. */
  readonly relocations: number;
  /** Most tables that one relocation can queue. */
  readonly tablesPerRelocation: number;
  /** Whether the lists of old tables say of what level each is. */
  readonly listsLevels: boolean;
}

interface Shape {
  readonly cols?: number;
  readonly rows?: number;
  readonly ghost?: boolean;
}

function field(name: string, max: number, { rows = 1, cols = 1, ghost = false }: Shape = {}): Field {
  return { name, rows, cols, max, ghost };
}

/**
 * All state of hardware and memory, by name. Owners of locks are CPU number + 1, 0 for nobody; masks have a bit
 * for each CPU. Frame ids index the columns of what belongs to a frame.
 */
export function machineFields(world: World, demand: Demand): readonly Field[] {
  return [
    ...mmFields(world),
    ...cpuFields(world),
    ...rcuFields(world, demand),
    ...ghostFields(world),
    ...frameFields(world),
    field('entries', maxEntry(world), { rows: world.tableFrames + 1, cols: world.stride }),
  ];
}

function mmFields(world: World): readonly Field[] {
  const { mms, cpus, tableFrames } = world;
  const cols = mms.length;
  const masks = 2 ** cpus - 1;
  return [
    field('mm.pgd', tableFrames, { cols, rows: topRows(world) }),
    field('mm.page_table_lock', cpus, { cols }),
    field('mm.mmap_sem_writer', cpus, { cols }),
    field('mm.mmap_sem_readers', masks, { cols }),
    field('mm.relocation_mutex', cpus, { cols }),
    field('mm.rewalk', 7, { cols }),
    field('mm.need_flush', 1, { cols }),
    field('mm.need_reload', 1, { cols }),
    field('mm.flushing', masks, { cols }),
    field('mm.cpu_vm_mask', masks, { cols }),
  ];
}

function cpuFields(world: World): readonly Field[] {
  const { cpus: cols, tableFrames, mms, vas, pdpteRegisters } = world;
  const slots = cacheSlots(world);
  const masks = 2 ** cols - 1;
  return [
    field('cpu.cr3', tableFrames, { cols }),
    field('cpu.mm', mms.length, { cols }),
    field('cpu.lazy', 1, { cols }),
    field('cpu.irqs_off', 1, { cols }),
    field('cpu.kernel', 1, { cols }),
    field('cpu.tlb', maxEntry(world), { rows: cols, cols: Math.max(1, slots.tlbSlots) }),
    field('cpu.walk_cache', tableFrames, { rows: cols, cols: Math.max(1, slots.walkSlots.length) }),
    ...(pdpteRegisters ? [field('cpu.pdpte', maxEntry(world), { rows: cols, cols: 4 })] : []),
    field('ipi.from', masks, { cols }),
    field('ipi.await', masks, { cols }),
    field('ipi.kind', 3, { cols }),
    field('ipi.mm', mms.length, { cols }),
    field('ipi.va', vas.length, { cols }),
  ];
}

function rcuFields({ cpus, tableFrames, levels }: World, demand: Demand): readonly Field[] {
  const masks = 2 ** (cpus + 1) - 1;
  const relocations = Math.max(1, demand.relocations);
  const list = { rows: relocations, cols: Math.max(1, demand.tablesPerRelocation) };
  return [
    field('rcu.waits_for', masks, { cols: cpus }),
    field('rcu.table_callback', masks, { cols: tableFrames + 1 }),
    field('rcu.batch_callback', masks, { cols: relocations }),
    field('old.count', demand.tablesPerRelocation, { cols: relocations }),
    field('old.list', tableFrames, list),
    ...(demand.listsLevels ? [field('old.level', levels.length, list)] : []),
  ];
}

function ghostFields(world: World): readonly Field[] {
  const { mms, vas, cpus, frames, tableFrames, stride } = world;
  const rows = topRows(world);
  return [
    field('ghost.translation', maxEntry(world), {
      rows: mms.length,
      cols: Math.max(1, vas.length),
      ghost: true,
    }),
    field('ghost.young', 1, { rows: mms.length, cols: Math.max(1, vas.length), ghost: true }),
    field('ghost.replaced', tableFrames, { cols: tableFrames + 1, ghost: true }),
    field('ghost.entered', 1, { cols: tableFrames + 1, ghost: true }),
    field('ghost.locks_held', 15, { ghost: true }),
    field('ghost.relocating', 2 ** cpus - 1, { ghost: true }),
    field('ghost.newer', 1, { cols: frames + 1, ghost: true }),
    field('ghost.to_be_set', tableFrames, { cols: mms.length, rows, ghost: true }),
    field('ghost.cleared_at', (tableFrames + 1) * stride, { cols: mms.length, rows, ghost: true }),
    field('ghost.cleared_table', tableFrames, { cols: mms.length, rows, ghost: true }),
  ];
}

function frameFields({ frames, tableFrames, cpus, replicas }: World): readonly Field[] {
  return [
    field('frame.kind', FRAME_KINDS.length - 1, { cols: frames + 1 }),
    field('frame.dirty', 1, { cols: frames + 1 }),
    field('frame.ptl', cpus, { cols: tableFrames + 1 }),
    field('frame.link', tableFrames, { cols: tableFrames + 1 }),
    field('frame.behind', tableFrames, { cols: tableFrames + 1 }),
    ...(replicas === null ? [] : [field('frame.replica', tableFrames, { cols: tableFrames + 1 })]),
  ];
}
