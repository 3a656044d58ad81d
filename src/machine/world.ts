import type { LevelName } from './geometry.ts';

/** What a frame is used for. The order is the number in the state. */
export const FRAME_KINDS = [
  'free',
  'new',
  'table',
  'limbo',
  'unlinked',
  'freed-table',
  'data',
  'dropped',
  'kernel',
  'offline',
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export function kindNumber(kind: FrameKind): number {
  return FRAME_KINDS.indexOf(kind);
}

export interface WorldLevel {
  readonly name: LevelName;
  /** Entries of a table of this level that the world knows of (real tables: 4, 512 or 1024). */
  readonly entries: number;
  /** False for PAE's PGD, which is 32 bytes. */
  readonly pageSized: boolean;
}

/** An address that somebody in this world uses. Two processes may use the same one. */
export interface Va {
  readonly id: number;
  readonly name: string;
  readonly address: bigint;
  /** Index of the entry at each level, top first, down to `leaf`. */
  readonly path: readonly number[];
  /** Index of the level whose entry maps it: the last one, or higher for a huge page. */
  readonly leaf: number;
  readonly writable: boolean;
  /** A private mapping: written pages are copied after fork. Otherwise the pages of a file, shared. */
  readonly privateMapping: boolean;
}

/** Frames given out for one purpose: ids [base, base + count). */
export interface Pool {
  readonly name: string;
  readonly base: number;
  readonly count: number;
}

export interface Mm {
  readonly name: string;
  readonly pgd: number;
  /** CPUs that run this process at the start, as a bit mask. */
  readonly cpus: number;
}

/** Where the copies that a world starts with are: what `frame.replica` and `mm.pgd` are set to. */
export interface Replicas {
  /** By process, then node: the PGD there. */
  readonly tops: readonly (readonly number[])[];
  /** By table frame: the next copy in the ring; 0 for what is no table. */
  readonly next: ArrayLike<number>;
  /** By node: where copies of tables that faults make are taken from. */
  readonly pools: readonly Pool[];
}

/** What never changes during a run. Frame ids are dense: 0 is nobody, 1..tableFrames can hold entries. */
export interface World {
  readonly name: string;
  readonly levels: readonly WorldLevel[];
  /** Width of a row of entries: the most entries a table has. */
  readonly stride: number;
  readonly tableFrames: number;
  /** Ids up to here have a kind, a dirty bit, an owner; ids beyond are data that this world cannot change. */
  readonly frames: number;
  /** By frame id: page frame number (as the machine counts), node, kind at the start. */
  readonly pfn: ArrayLike<number>;
  readonly node: ArrayLike<number>;
  readonly kind: ArrayLike<number>;
  readonly nodes: number;
  readonly mms: readonly Mm[];
  readonly cpus: number;
  /** The node that each CPU belongs to. */
  readonly cpuNodes: readonly number[];
  readonly vas: readonly Va[];
  /** PAE: the top level is held in registers of the CPU, loaded with CR3. */
  readonly pdpteRegisters: boolean;
  readonly splitLocks: boolean;
  /** One step copies a whole table instead of one entry. */
  readonly wholeTableSteps: boolean;
  readonly pools: readonly Pool[];
  /** Initial entries: `entries[frame * stride + index]`, frame ids 0..tableFrames. */
  readonly entries: Int32Array;
  /** Initial ghosts and bits by frame id: page marked dirty. */
  readonly dirtyPages: readonly number[];
  /** Tables that several processes share (hugetlb's PMD tables): those of `level`, of these processes. */
  readonly shared: { readonly level: number; readonly mms: readonly number[] } | null;
  /** null: each table is there once. */
  readonly replicas: Replicas | null;
}

/** Greatest frame id of a world, pages that nobody touches included. */
export function maxFrame(world: World): number {
  return world.pfn.length - 1;
}

/** Greatest value that an entry of this world can have: what a packed state leaves room for. */
export function maxEntry(world: World): number {
  return maxFrame(world) * 64 + 63;
}

/** The level name of an entry's table, in lower case, as kernel code names its pointers. */
export function pointerName(level: WorldLevel): string {
  return level.name.toLowerCase();
}
