/** What a loaded file holds, before its world is opened. */
export interface FileSummary {
  readonly kind: 'file';
  readonly name: string;
  readonly geometry: string;
  readonly tables: readonly { readonly level: string; readonly count: number }[];
  readonly presentPages: number;
  readonly hugePages: number;
  readonly vmPteKb: number | null;
  readonly derivedKb: number;
  readonly nodes: readonly {
    readonly id: number;
    readonly tables: number;
    readonly pages: number;
    readonly made: boolean;
  }[];
  readonly vmas: readonly VmaSummary[];
  /** Facts that the file lacks, in words. */
  readonly missing: readonly string[];
}

export interface VmaSummary {
  readonly name: string;
  /** Hex without prefix, as in /proc/PID/maps. */
  readonly start: string;
  readonly end: string;
  readonly perms: string;
  readonly pages: number;
}
