import { countOf, type Machine } from './machine.ts';

/** Pages of 4 KiB by use. Those that no frame shows are from /proc/meminfo; they lie in frames that are counted elsewhere, too. */
export interface Kinds {
  readonly free: number;
  readonly anonymous: number;
  readonly file: number;
  readonly pageTables: number;
  /** Frames of slabs of both sorts. */
  readonly slab: number;
  readonly slabUnreclaimable: number;
  readonly slabReclaimable: number;
  readonly kernelStack: number;
  readonly percpu: number;
  /** VmallocUsed less kernel stacks, which most kernels keep there. */
  readonly vmallocWithoutStacks: number;
  /** Frames with flags that are none of the others: compound allocations of drivers, buffers. */
  readonly kernelOther: number;
  readonly hugetlb: number;
  /** Set aside at boot: not part of MemTotal. */
  readonly reserved: number;
  readonly offline: number;
  /** Frames without any flag: kernel memory that has none, and memory that is not in use yet. */
  readonly unflagged: number;
  /** Of these, what the kernel counts as free though no list holds it. */
  readonly unflaggedFree: number;
  /** Of these, what was set aside at boot and so is not in MemTotal: above all the kernel's array of struct page. */
  readonly unflaggedBoot: number;
  readonly absent: number;
}

/** Counts frames, and takes what they do not show from meminfo. */
export function kindsOf(machine: Machine, counts: Uint32Array): Kinds {
  const pages = (name: string): number => Math.round((machine.meminfo[name] ?? 0) / 4);
  const unflagged = countOf(counts, 'unflagged');
  const reserved = countOf(counts, 'reserved');
  const ram = machine.ram.reduce((sum, [start, end]) => sum + end - start, 0);
  const listed = machine.zones.reduce((sum, { free }) => sum + framesOf(free), 0);
  return {
    free: countOf(counts, 'free'),
    anonymous: countOf(counts, 'anonymous'),
    file: countOf(counts, 'file'),
    pageTables: countOf(counts, 'table'),
    slab: countOf(counts, 'slab'),
    slabUnreclaimable: pages('SUnreclaim'),
    slabReclaimable: pages('SReclaimable'),
    kernelStack: pages('KernelStack'),
    percpu: pages('Percpu'),
    vmallocWithoutStacks: Math.max(0, pages('VmallocUsed') - pages('KernelStack')),
    kernelOther: countOf(counts, 'kernel'),
    hugetlb: countOf(counts, 'hugetlb'),
    reserved,
    offline: countOf(counts, 'offline'),
    unflagged,
    unflaggedFree: Math.min(unflagged, Math.max(0, pages('MemFree') - listed)),
    unflaggedBoot: Math.min(unflagged, Math.max(0, ram - pages('MemTotal') - reserved)),
    absent: countOf(counts, 'absent'),
  };
}

const framesOf = (blocks: readonly number[]): number =>
  blocks.reduce((sum, count, order) => sum + count * 2 ** order, 0);

/** Uses of memory that was given out and can neither move nor be dropped. Memory set aside at boot is not among them. */
export const NON_MOVABLE = [
  'pageTables',
  'slabUnreclaimable',
  'kernelStack',
  'percpu',
  'vmallocWithoutStacks',
  'kernelOther',
] as const satisfies readonly (keyof Kinds)[];

/** The answer, and how sure it is. */
export interface Largest {
  readonly kind: (typeof NON_MOVABLE)[number];
  readonly pages: number;
  /** Non-movable uses, largest first. */
  readonly ranking: readonly (readonly [kind: (typeof NON_MOVABLE)[number], pages: number])[];
  /** Frames in use that neither flags nor totals explain, at least and at most. */
  readonly unexplained: readonly [low: number, high: number];
  /** Whether something unexplained could be larger than the answer. */
  readonly inDoubt: boolean;
}

export function largestOf(kinds: Kinds): Largest {
  const ranking = NON_MOVABLE.map((kind) => [kind, kinds[kind]] as const).toSorted(([, a], [, b]) => b - a);
  const [first = ['pageTables', kinds.pageTables] as const] = ranking;
  // Stacks, per-CPU memory and vmalloc lie in frames without a flag.
  const known = kinds.kernelStack + kinds.percpu + kinds.vmallocWithoutStacks;
  const inUse = Math.max(0, kinds.unflagged - kinds.unflaggedFree - kinds.unflaggedBoot);
  const unexplained = [Math.max(0, inUse - known), inUse] as const;
  const [kind, pages] = first;
  return { kind, pages, ranking, unexplained, inDoubt: unexplained[0] > pages };
}

/** A figure of ours beside the kernel's own. */
export interface Check {
  readonly what: string;
  readonly ours: number;
  readonly kernels: number;
  /** How far the kernel's own figure moved while the frames were read. */
  readonly drift: number;
}

export function checksOf(machine: Machine, kinds: Kinds, listed: number): readonly Check[] {
  const { meminfo, meminfoLater, freeLater } = machine;
  const pages = (from: Machine['meminfo'], name: string): number => Math.round((from[name] ?? 0) / 4);
  const drift = (name: string): number => pages(meminfoLater, name) - pages(meminfo, name);
  const slab = (from: Machine['meminfo']): number => pages(from, 'SUnreclaim') + pages(from, 'SReclaimable');
  return [
    {
      what: 'page tables, PageTables of /proc/meminfo',
      ours: kinds.pageTables,
      kernels: pages(meminfo, 'PageTables') + pages(meminfo, 'SecPageTables'),
      drift: drift('PageTables') + drift('SecPageTables'),
    },
    {
      what: 'free, blocks of /proc/buddyinfo',
      ours: kinds.free,
      kernels: listed,
      drift: freeLater - listed,
    },
    {
      what: 'slabs, Slab of /proc/meminfo',
      ours: kinds.slab,
      kernels: slab(meminfo),
      drift: slab(meminfoLater) - slab(meminfo),
    },
    {
      what: 'anonymous, AnonPages of /proc/meminfo',
      ours: kinds.anonymous,
      kernels: pages(meminfo, 'AnonPages'),
      drift: drift('AnonPages'),
    },
  ];
}
