import type { Geometry, LevelName } from '../machine/geometry.ts';

/** One page table of a process. The three arrays run in parallel, one element for each entry that is not empty. */
export interface ImageTable {
  /** Index in `geometry.levels`; 0 = top. */
  readonly level: number;
  /** First virtual address that the table covers. */
  readonly vaBase: bigint;
  /** Physical address in bytes, below 2^52; null where the source does not tell. Aligned to 4096 (PAE's PGD: to 32). */
  readonly pa: number | null;
  /** NUMA node of the table's frame, or null. */
  readonly node: number | null;
  /** Number of the table above, and which of its entries leads here; -1 for the top. */
  readonly parent: number;
  readonly parentIndex: number;
  /** Which entry, ascending: 0 to entries - 1. */
  readonly index: Uint16Array;
  /** The number of the table below, or the frame number of the page; -1 where unknown, or where there is no page. */
  readonly target: Float64Array;
  /** `IMAGE_…` flags. An entry is a table's iff it has P, is above the bottom level, and lacks LEAF. */
  readonly flags: Uint32Array;
  /** The raw entries, where the source has them. */
  readonly raw: BigUint64Array | null;
}

export type VmaKind = 'anon' | 'file' | 'shared' | 'heap' | 'stack' | 'hugetlb' | 'vdso' | 'vvar' | 'device';

/** One mapping of the process, as a line of /proc/PID/maps. */
export interface ImageVma {
  /** [start, end) in bytes, multiples of 4096. */
  readonly start: bigint;
  readonly end: bigint;
  /** Four characters: r w x, and p (private) or s (shared). */
  readonly perms: string;
  /** Bytes into the file. */
  readonly offset: bigint;
  /** Path or kernel's name ([heap], [stack], …); empty for plain anonymous memory. */
  readonly name: string;
  readonly kind: VmaKind;
  /** NUMA policy (numa_maps) where known: default, bind:0, interleave:0-1, … */
  readonly policy: string | null;
  /** The node that holds all of its pages, when numa_maps names just one. */
  readonly node: number | null;
}

/** A NUMA node and the frames it holds: ranges [startPfn, endPfn), ascending. */
export interface ImageNode {
  readonly id: number;
  readonly ranges: readonly { readonly startPfn: number; readonly endPfn: number }[];
}

/** What the kernel, or the maker of the file, says of the process. */
export interface ImageFacts {
  /** VmPTE of /proc/PID/status, in KiB. */
  readonly vmPteKb: number | null;
  readonly pid: number | null;
  readonly comm: string | null;
  readonly kernel: string | null;
  /** How the geometry was decided. */
  readonly levelsWhy: string;
  /** Facts that could not be read, a sentence each that says which and why. */
  readonly missing: readonly string[];
}

/** Which facts the source has. */
export interface ImageKnown {
  /** Frame numbers of pages. */
  readonly pfn: boolean;
  /** A and D; without it both flags are off everywhere, except that Linux sets A in what it writes above the leaves. */
  readonly accessedDirty: boolean;
  /** W of each page; without it W is inferred from the mapping's permission and whether the page is shared. */
  readonly writable: boolean;
  /** Physical addresses of tables. */
  readonly tablePfn: boolean;
  /** Which node a frame belongs to. */
  readonly node: boolean;
}

/** The page tables of one real process at one moment, and what is known around them. */
export interface ProcessImage {
  readonly source: 'proc' | 'truth';
  readonly name: string;
  readonly geometry: Geometry;
  /** Depth first in address order: 0 is the top, parents come before their children. A frame occurs once. */
  readonly tables: readonly ImageTable[];
  /** Ascending, not overlapping. */
  readonly vmas: readonly ImageVma[];
  /** Ascending ids; empty when unknown. */
  readonly nodes: readonly ImageNode[];
  readonly facts: ImageFacts;
  readonly known: ImageKnown;
}

/** Counts of a process image, as `capture --summary` prints them. */
export interface ImageSummary {
  /** 2 to 5. */
  readonly levels: number;
  /** Tables that a walk can reach, bottom level first. */
  readonly tables: Readonly<Partial<Record<LevelName, number>>>;
  /** Leaves above the bottom level. */
  readonly hugePages: number;
  /** Mapped memory in pages of 4 KiB, PROT_NONE pages included, swapped ones not. */
  readonly presentPages: number;
  readonly vmPteKb: number | null;
  /** What VmPTE should be: see `derivedKb`. */
  readonly derivedKb: number;
}
