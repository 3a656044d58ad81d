import { geometries, lastLevel, levelAt } from './geometry.ts';
import type { Geometry } from './geometry.ts';

/** What an entry does: name a lower table, or map a page. */
export type EntryRole = 'table' | 'leaf';

/** The bits that the processor reads or sets in an entry, by their name in the glossary of the SDM. */
export type EntryBit =
  | 'present'
  | 'writable'
  | 'user'
  | 'writeThrough'
  | 'cacheDisable'
  | 'accessed'
  | 'dirty'
  | 'large'
  | 'pat'
  | 'global'
  | 'noExecute';

/** Where one kind of entry keeps its bits. A bit that is not there is ignored or reserved in that kind. */
export interface EntryFormat {
  readonly bits: Readonly<Partial<Record<EntryBit, number>>>;
  /** The bits of the raw entry that hold the physical address, in place. PSE-36's bits are not in it. */
  readonly addressMask: bigint;
  /** Physical bits 39:32 lie in entry bits 20:13 (PSE-36). */
  readonly pse36: boolean;
  /** A leaf whose bits 62:59 are a protection key. */
  readonly protectionKey: boolean;
  /** The SDM table (vol. 3, chapter 4) that lists these bits. */
  readonly source: string;
}

const common = { present: 0, writable: 1, user: 2, writeThrough: 3, cacheDisable: 4, accessed: 5 } as const;
const smallLeaf = { ...common, dirty: 6, pat: 7, global: 8 } as const;
const largeLeaf = { ...common, dirty: 6, large: 7, global: 8, pat: 12 } as const;
const noExecute = { noExecute: 63 } as const;

/** Bits high-1:low of an entry. */
function mask(high: number, low: number): bigint {
  return (1n << BigInt(high)) - (1n << BigInt(low));
}

function format(
  bits: EntryFormat['bits'],
  addressMask: bigint,
  source: string,
  more: Partial<EntryFormat> = {},
): EntryFormat {
  return { bits, addressMask, pse36: false, protectionKey: false, source, ...more };
}

function formats32(levelIndex: number): Record<EntryRole, EntryFormat> {
  const table = format(common, mask(32, 12), '4-5');
  const large = format(largeLeaf, mask(32, 22), '4-4', { pse36: true });
  const small = format(smallLeaf, mask(32, 12), '4-6');
  return { table, leaf: levelIndex === 0 ? large : small };
}

function formatsPae(levelIndex: number): Record<EntryRole, EntryFormat> {
  const pointer = format({ present: 0, writeThrough: 3, cacheDisable: 4 }, mask(52, 12), '4-8');
  const table = format({ ...common, ...noExecute }, mask(52, 12), '4-10');
  const large = format({ ...largeLeaf, ...noExecute }, mask(52, 21), '4-9');
  const small = format({ ...smallLeaf, ...noExecute }, mask(52, 12), '4-11');
  return { table: levelIndex === 0 ? pointer : table, leaf: levelIndex === 1 ? large : small };
}

function formats64(geometry: Geometry, levelIndex: number): Record<EntryRole, EntryFormat> {
  const { name, shift } = levelAt(geometry, levelIndex);
  const top = geometry.levels.length === 5 ? '4-14' : '4-15';
  const sources = { PGD: top, P4D: '4-15', PUD: '4-16 and 4-17', PMD: '4-18 and 4-19', PTE: '4-20' };
  const last = levelIndex === lastLevel(geometry);
  const leafBits = { ...(last ? smallLeaf : largeLeaf), ...noExecute };
  const key = { protectionKey: true };
  return {
    table: format({ ...common, ...noExecute }, mask(52, 12), sources[name]),
    leaf: format(leafBits, mask(52, shift), sources[name], key),
  };
}

function formatsOf(geometry: Geometry): Record<EntryRole, EntryFormat>[] {
  return geometry.levels.map((_, i) => {
    if (geometry.id === 'x86-32') return formats32(i);
    return geometry.id === 'x86-32-pae' ? formatsPae(i) : formats64(geometry, i);
  });
}

const table = new Map(Object.values(geometries).map((geometry) => [geometry, formatsOf(geometry)]));

function hasRole(geometry: Geometry, levelIndex: number, role: EntryRole): boolean {
  const last = levelIndex === lastLevel(geometry);
  return role === 'table' ? !last : last || levelAt(geometry, levelIndex).hugeLeaf;
}

/** The format of an entry at `levelIndex` in its role. Throws for a level, or a leaf, that the geometry has not. */
export function entryFormat(geometry: Geometry, levelIndex: number, role: EntryRole): EntryFormat {
  const formats = table.get(geometry)?.[levelIndex];
  if (formats === undefined || !hasRole(geometry, levelIndex, role)) {
    throw new RangeError(`${geometry.id} has no ${role} entry at level ${String(levelIndex)}`);
  }
  return formats[role];
}
