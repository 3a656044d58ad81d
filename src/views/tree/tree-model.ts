import type { Point } from '../../layout/tree-paths.ts';
import type { Holder } from './tree-holders.ts';

/** What a table is at this moment. */
export type TableState = 'current' | 'limbo' | 'freed' | 'unlinked' | 'new';

export interface FlagMark {
  readonly letter: string;
  readonly on: boolean;
  /** Another version of this table has it otherwise. */
  readonly differs: boolean;
}

export type RowMark =
  | {
      readonly kind: 'entry';
      readonly index: number;
      /** Frame number, or a word when there is none. */
      readonly target: string;
      /** There is nothing to read: empty, or not copied yet. */
      readonly hollow: boolean;
      readonly targetDiffers: boolean;
      readonly flags: readonly FlagMark[];
      readonly changed: boolean;
      readonly says: string;
    }
  | { readonly kind: 'run'; readonly text: string; readonly says: string; readonly changed: boolean }
  | { readonly kind: 'stack'; readonly text: string; readonly expands: boolean };

/** One CPU's hold on a table: what of it leads here. */
export interface Foot {
  readonly cpu: number;
  readonly text: string;
  readonly stale: boolean;
  readonly changed: boolean;
  readonly says: string;
}

export interface CardMark {
  readonly frame: number;
  /** Place in the tree; null while it has none. */
  readonly place: string | null;
  readonly level: number;
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly title: string;
  readonly node: number;
  readonly state: TableState;
  readonly rows: readonly RowMark[];
  readonly feet: readonly Foot[];
  /** CPU that holds its split lock, -1 for nobody. */
  readonly lock: number;
  readonly lockChanged: boolean;
  readonly changed: boolean;
  /** The property that the last step broke here; empty when none. */
  readonly culprit: string;
  /** The whole card in words. */
  readonly says: string;
}

export interface PageMark {
  readonly key: string;
  readonly frame: number;
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly title: string;
  readonly node: number;
  readonly dirty: boolean;
  readonly dropped: boolean;
  readonly changed: boolean;
  readonly feet: readonly Foot[];
  readonly culprit: string;
  readonly says: string;
}

export interface EdgeMark {
  readonly key: string;
  readonly frame: number;
  readonly index: number;
  readonly d: string;
  readonly state: TableState;
  readonly changed: boolean;
}

/** A chip in a CPU's rail, and the lane from it to the table it still leads to. */
export interface ChipMark {
  readonly key: string;
  readonly cpu: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  /** null when the table has no card. */
  readonly lane: string | null;
  readonly stale: boolean;
  readonly changed: boolean;
  readonly says: string;
}

export interface RailMark {
  readonly cpu: number;
  readonly y: number;
  readonly heightPx: number;
  readonly chips: readonly ChipMark[];
}

/** An arc or line between two versions of a place. */
export interface TieMark {
  readonly key: string;
  readonly kind: 'copy' | 'link';
  readonly d: string;
}

export interface RootMark {
  readonly key: string;
  /** The process, or whose PGD it is: "n1". */
  readonly text: string;
  readonly at: Point;
  readonly changed: boolean;
}

/** All that the tree shows at one moment, in px at zoom 1. */
export interface Picture {
  readonly cards: readonly CardMark[];
  readonly pages: readonly PageMark[];
  readonly edges: readonly EdgeMark[];
  readonly rails: readonly RailMark[];
  readonly ties: readonly TieMark[];
  readonly roots: readonly RootMark[];
  readonly complaints: readonly { readonly property: string; readonly why: string }[];
  /** Whatever leads to a table or page. */
  readonly holders: readonly Holder[];
}
