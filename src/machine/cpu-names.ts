/** What numbers stand for: a CPU (columns and rows of what CPUs have), its number + 1, a set of CPUs, a queued callback, a relocation. */
export type Meaning = 'cpu' | 'owner' | 'mask' | 'callback' | 'relocation';

/** What the rows, columns and values of a field stand for, where it is one of those. */
export interface Meanings {
  readonly rows?: Meaning;
  readonly cols?: Meaning;
  readonly values?: Meaning;
}

const perCpu: Meanings = { cols: 'cpu' };
const owner: Meanings = { values: 'owner' };
const mask: Meanings = { values: 'mask' };

/** The fields of `machineFields` that name CPUs or belong to one, and what a CPU's thread calls its own (a relocation and its lists). */
export const MEANINGS: ReadonlyMap<string, Meanings> = new Map<string, Meanings>([
  ...['cr3', 'mm', 'lazy', 'irqs_off', 'kernel'].map((name) => [`cpu.${name}`, perCpu] as const),
  ...['tlb', 'walk_cache', 'pdpte'].map((name) => [`cpu.${name}`, { rows: 'cpu' }] as const),
  ...['kind', 'mm', 'va'].map((name) => [`ipi.${name}`, perCpu] as const),
  ...['ipi.from', 'ipi.await', 'rcu.waits_for'].map((name) => [name, { ...perCpu, ...mask }] as const),
  ...['mm.page_table_lock', 'mm.mmap_sem_writer', 'mm.relocation_mutex'].map(
    (name) => [name, owner] as const,
  ),
  ['frame.ptl', owner],
  ...['mm.mmap_sem_readers', 'mm.flushing', 'mm.cpu_vm_mask'].map((name) => [name, mask] as const),
  ['ghost.relocating', mask],
  ['rcu.table_callback', { values: 'callback' }],
  ['rcu.batch_callback', { cols: 'relocation', values: 'callback' }],
  ['old.count', { cols: 'relocation' }],
  ...['old.list', 'old.level'].map((name) => [name, { rows: 'relocation' }] as const),
]);

/** The same of the locals of threads and interrupt handlers, by what they are called there. */
export const LOCAL_MEANINGS: ReadonlyMap<string, Meanings> = new Map<string, Meanings>([
  ['targets', mask],
  ['bit_was_set', mask],
  ['from', owner],
]);
