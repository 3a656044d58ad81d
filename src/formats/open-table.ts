import { pageShift } from '../machine/geometry.ts';
import type { ImageTable } from './process-image.ts';

/** A table of one level that is being filled, with the entries it has so far. The arrays are used again. */
export interface OpenTable {
  number: number;
  /** Virtual page number of its first entry; -1 when no table of this level is open. */
  baseVpn: number;
  parent: number;
  parentIndex: number;
  count: number;
  readonly index: Uint16Array;
  readonly target: Float64Array;
  readonly flags: Uint32Array;
}

/** An `OpenTable` with room for that many entries, not open yet. */
export function emptyTable(entries: number): OpenTable {
  return {
    number: -1,
    baseVpn: -1,
    parent: -1,
    parentIndex: -1,
    count: 0,
    index: new Uint16Array(entries),
    target: new Float64Array(entries),
    flags: new Uint32Array(entries),
  };
}

/** One entry: its index in the table, where it leads, and its `IMAGE_…` flags. */
export interface NewEntry {
  readonly index: number;
  readonly target: number;
  readonly flags: number;
}

/** Appends an entry; the caller keeps the indices ascending. */
export function pushEntry(table: OpenTable, entry: NewEntry): void {
  table.index[table.count] = entry.index;
  table.target[table.count] = entry.target;
  table.flags[table.count] = entry.flags;
  table.count++;
}

/** The table as it stands, in arrays of its own. Its frame is not known. */
export function sealTable(table: OpenTable, level: number): ImageTable {
  return {
    level,
    vaBase: BigInt(table.baseVpn) << BigInt(pageShift),
    pa: null,
    node: null,
    parent: table.parent,
    parentIndex: table.parentIndex,
    index: table.index.slice(0, table.count),
    target: table.target.slice(0, table.count),
    flags: table.flags.slice(0, table.count),
    raw: null,
  };
}
