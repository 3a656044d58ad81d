/** What a thread does, in order. `va` is an index into the world's vas, `mm` into its processes. */
export type Action =
  | { readonly do: 'access'; readonly va: number; readonly write: boolean }
  | { readonly do: 'relocate-mm'; readonly mm: number; readonly source: number; readonly pool: string }
  /** Moves what is in a range of frames (memory hot-remove): ids [first, first + count). */
  | {
      readonly do: 'relocate-range';
      readonly mm: number;
      readonly first: number;
      readonly count: number;
      readonly pool: string;
    }
  | {
      readonly do: 'relocate';
      readonly mm: number;
      readonly pool: string;
      /** In the order of moving. */
      readonly tables: readonly ('top' | { readonly level: number; readonly va: number })[];
    }
  /** Takes away the page that the va maps at the start; with `pageOf` the page that this one maps then. */
  | { readonly do: 'reclaim'; readonly mm: number; readonly va: number; readonly pageOf?: number }
  /** Takes the page that the va maps at the start, to move it elsewhere. */
  | { readonly do: 'migrate-collect'; readonly mm: number; readonly va: number }
  /** Gives that page up (MADV_DONTNEED). */
  | { readonly do: 'madvise'; readonly mm: number; readonly va: number }
  | { readonly do: 'mremap'; readonly mm: number; readonly from: number; readonly to: number }
  /** Vas of one PTE table, all that it maps. */
  | { readonly do: 'munmap'; readonly mm: number; readonly vas: readonly number[] }
  | { readonly do: 'fork'; readonly parent: number; readonly child: number; readonly vas: readonly number[] }
  /** A kernel thread runs lazily on the process for a while. */
  | { readonly do: 'kernel-thread'; readonly mm: number };

/** The thread of one CPU. */
export interface ThreadScript {
  readonly cpu: number;
  /** What it is called: 'user', 'relocate', 'reclaim', ... */
  readonly name: string;
  /** The process that it is a thread of, or works on. */
  readonly mm: number;
  readonly actions: readonly Action[];
}

/** Switches of a scenario that are neither world nor design. */
export interface Switches {
  /** Page allocations in faults sleep. */
  readonly allocationSleeps: boolean;
  /** Speculative walks: by which CPU, at most how many. */
  readonly speculation: { readonly cpu: number; readonly walks: number } | null;
}
