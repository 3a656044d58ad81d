import { at } from '../lib/at.ts';
import { type Layout, readField } from '../program/layout.ts';
import { cacheSlots, walkCacheName } from './caches.ts';
import { ENTRY_P, entryFrame } from './entry.ts';
import { IPI_KINDS } from './mmu.ts';
import { topRows } from './replicas.ts';
import { FRAME_KINDS, type FrameKind, type World } from './world.ts';

/** A state with what is needed to read it: all that a view gets. */
export interface Scene {
  readonly world: World;
  readonly layout: Layout;
  readonly words: Int32Array;
}

/** Bits of a CPU mask as a list. */
export function cpusOf(mask: number): readonly number[] {
  const cpus: number[] = [];
  for (let cpu = 0; cpu < 31; cpu++) if ((mask & (1 << cpu)) !== 0) cpus.push(cpu);
  return cpus;
}

export function kindOf({ world, layout, words }: Scene, frame: number): FrameKind {
  if (frame > world.frames) return at(FRAME_KINDS, world.kind[frame] ?? 6);
  return at(FRAME_KINDS, readField(layout, words, 'frame.kind', frame));
}

/** A table that is not (or no more) part of the current tree, though it was. */
export function isOldTable(kind: FrameKind): boolean {
  return kind === 'limbo' || kind === 'freed-table' || kind === 'unlinked';
}

/** The word of entry `index` in the table at `frame`. */
export function entryOf({ layout, words }: Scene, frame: number, index: number): number {
  return readField(layout, words, 'entries', index, frame);
}

export interface TlbEntry {
  readonly slot: number;
  /** The vas that share this entry. */
  readonly vas: readonly number[];
  /** 0: nothing cached. */
  readonly entry: number;
  /** It differs from what the current tree says (frame or presence). */
  readonly stale: boolean;
}

export interface WalkCacheEntry {
  readonly slot: number;
  readonly level: number;
  /** "PDE", "PDPTE", "PML4E", "PML5E". */
  readonly name: string;
  readonly prefix: readonly number[];
  /** The next table; 0: nothing cached. */
  readonly frame: number;
  /** It leads to a table that is in limbo or freed. */
  readonly stale: boolean;
}

export interface CpuState {
  readonly cpu: number;
  /** 0: the kernel's own table. */
  readonly cr3: number;
  readonly cr3Stale: boolean;
  /** Index of the process it runs, -1 for none. */
  readonly mm: number;
  readonly lazy: boolean;
  readonly irqsOff: boolean;
  readonly inKernel: boolean;
  readonly tlb: readonly TlbEntry[];
  readonly walkCache: readonly WalkCacheEntry[];
  /** PAE's registers as entries; empty where there are none. */
  readonly pdptes: readonly number[];
  /** CPUs whose IPIs are pending here, with what they ask for. */
  readonly pending: readonly { readonly from: number; readonly kind: string }[];
  /** CPUs whose acknowledgement this one waits for. */
  readonly awaiting: readonly number[];
}

/** All that one CPU holds at this moment. */
export function cpuState(scene: Scene, cpu: number): CpuState {
  const { world, layout, words } = scene;
  const read = (name: string): number => readField(layout, words, name, cpu);
  const cr3 = read('cpu.cr3');
  const mm = read('cpu.mm') - 1;
  return {
    cpu,
    cr3,
    cr3Stale: cr3 !== 0 && isOldTable(kindOf(scene, cr3)),
    mm,
    lazy: read('cpu.lazy') !== 0,
    irqsOff: read('cpu.irqs_off') !== 0,
    inKernel: read('cpu.kernel') !== 0,
    tlb: tlbEntries(scene, cpu, mm),
    walkCache: walkCacheEntries(scene, cpu),
    pdptes: world.pdpteRegisters
      ? [0, 1, 2, 3].map((i) => readField(layout, words, 'cpu.pdpte', i, cpu))
      : [],
    pending: cpusOf(read('ipi.from')).map((from) => ({
      from,
      kind: at(IPI_KINDS, readField(layout, words, 'ipi.kind', from)),
    })),
    awaiting: cpusOf(read('ipi.await')),
  };
}

function tlbEntries(scene: Scene, cpu: number, mm: number): readonly TlbEntry[] {
  const { world, layout, words } = scene;
  const slots = cacheSlots(world);
  return Array.from({ length: slots.tlbSlots }, (_, slot) => {
    const vas = world.vas.filter((va) => slots.tlb[va.id] === slot).map((va) => va.id);
    const entry = readField(layout, words, 'cpu.tlb', slot, cpu);
    const now = mm < 0 || vas[0] === undefined ? 0 : currentLeaf(scene, mm, vas[0]);
    const stale = entry !== 0 && ((now & ENTRY_P) === 0 || entryFrame(now) !== entryFrame(entry));
    return { slot, vas, entry, stale };
  });
}

function walkCacheEntries(scene: Scene, cpu: number): readonly WalkCacheEntry[] {
  const { world, layout, words } = scene;
  return cacheSlots(world).walkSlots.map(({ slot, level, prefix }) => {
    const frame = readField(layout, words, 'cpu.walk_cache', slot, cpu);
    return {
      slot,
      level,
      prefix,
      frame,
      name: walkCacheName(world, level),
      stale: frame !== 0 && isOldTable(kindOf(scene, frame)),
    };
  });
}

/** The leaf entry that the current tree of a process has for a va; 0 where the way is cut. */
export function currentLeaf(scene: Scene, mm: number, vaId: number): number {
  const { world, layout, words } = scene;
  const va = at(world.vas, vaId);
  let frame = readField(layout, words, 'mm.pgd', mm);
  for (let level = 0; level < va.leaf; level++) {
    const entry = entryOf(scene, frame, at(va.path, level));
    if ((entry & ENTRY_P) === 0) return 0;
    frame = entryFrame(entry);
  }
  return entryOf(scene, frame, at(va.path, va.leaf));
}

export interface MmState {
  readonly mm: number;
  readonly name: string;
  readonly pgd: number;
  /** The PGD that CPUs of each node use, where tables have copies on nodes; else only `pgd`. */
  readonly tops: readonly number[];
  /** CPU number, -1 for nobody. */
  readonly pageTableLock: number;
  readonly relocationMutex: number;
  readonly mmapSemWriter: number;
  readonly mmapSemReaders: readonly number[];
  readonly mark: number;
  readonly needFlush: boolean;
  readonly needReload: boolean;
  readonly cpuVmMask: readonly number[];
}

/** Locks, flags and masks of one process at this moment. */
export function mmState({ world, layout, words }: Scene, mm: number): MmState {
  const read = (name: string): number => readField(layout, words, `mm.${name}`, mm);
  return {
    mm,
    name: at(world.mms, mm).name,
    pgd: read('pgd'),
    tops: Array.from({ length: topRows(world) }, (_, row) => readField(layout, words, 'mm.pgd', mm, row)),
    pageTableLock: read('page_table_lock') - 1,
    relocationMutex: read('relocation_mutex') - 1,
    mmapSemWriter: read('mmap_sem_writer') - 1,
    mmapSemReaders: cpusOf(read('mmap_sem_readers')),
    mark: read('rewalk'),
    needFlush: read('need_flush') !== 0,
    needReload: read('need_reload') !== 0,
    cpuVmMask: cpusOf(read('cpu_vm_mask')),
  };
}

export interface FrameState {
  readonly frame: number;
  readonly pfn: number;
  readonly node: number;
  readonly kind: FrameKind;
  /** PG_dirty of a page of data. */
  readonly dirty: boolean;
  /** CPU that holds the split lock of this table, -1 for nobody. */
  readonly ptl: number;
  /** The table it is linked to (adBits), 0 for none. */
  readonly link: number;
  /** The next copy of this table on another node, 0 for none. */
  readonly copy: number;
}

export function frameState(scene: Scene, frame: number): FrameState {
  const { world, layout, words } = scene;
  const table = frame <= world.tableFrames;
  return {
    frame,
    pfn: world.pfn[frame] ?? 0,
    node: world.node[frame] ?? 0,
    kind: kindOf(scene, frame),
    dirty: frame <= world.frames && readField(layout, words, 'frame.dirty', frame) !== 0,
    ptl: table ? readField(layout, words, 'frame.ptl', frame) - 1 : -1,
    link: table ? readField(layout, words, 'frame.link', frame) : 0,
    copy: table && world.replicas !== null ? readField(layout, words, 'frame.replica', frame) : 0,
  };
}

/** A pointer to a table that a thread holds in a local, by the local's name without `_table`. */
export interface ThreadPointer {
  readonly thread: string;
  readonly name: string;
  readonly frame: number;
}

/** Every table pointer that the threads hold now and may still use. */
export function threadPointers({ layout, words }: Scene): readonly ThreadPointer[] {
  const pointers: ThreadPointer[] = [];
  for (const field of layout.fields.values()) {
    const match = /^(\w+\d+|rcu)\.(\w+)_table$/.exec(field.name);
    const frame = match === null ? 0 : (words[field.offset] ?? 0);
    if (match === null || frame === 0 || field.rows * field.cols !== 1) continue;
    pointers.push({ thread: match[1] ?? '', name: match[2] ?? '', frame });
  }
  return pointers;
}

export interface Local {
  /** `cpu0.walk_table` */
  readonly field: string;
  /** The same without the actor. */
  readonly name: string;
  readonly value: number;
  /** How to show it: a frame, an entry or a number. */
  readonly as: 'frame' | 'entry' | 'number';
}

/** The locals of one actor that hold something, in the order they were declared. */
export function localsOf({ layout, words }: Scene, fields: readonly string[]): readonly Local[] {
  return fields.flatMap((field) => {
    const value = readField(layout, words, field);
    const name = field.slice(field.indexOf('.') + 1);
    if (value === 0) return [];
    const as = name.endsWith('_entry') ? 'entry' : /_(table|page)$/.test(name) ? 'frame' : 'number';
    return [{ field, name, value, as }];
  });
}
