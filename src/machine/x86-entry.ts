import { lastLevel, levelAt } from './geometry.ts';
import type { Geometry } from './geometry.ts';
import { entryFormat } from './x86-format.ts';
import type { EntryBit, EntryFormat, EntryRole } from './x86-format.ts';

/** A raw entry taken apart. A permission that its format does not hold is granted, any other missing bit is off. */
export interface X86Entry extends Readonly<Record<EntryBit, boolean>> {
  readonly role: EntryRole;
  /** Frame number of the lower table, or of the first 4 KiB of the page: 0 to 2^40 - 1. */
  readonly pfn: number;
  /** 0 to 15; 0 where the format has none. */
  readonly protectionKey: number;
}

/** Selects one kind of entry: the geometry, the level from the top, and whether CR4.PSE is on (two levels only). */
export interface EntryPlace {
  readonly geometry: Geometry;
  readonly levelIndex: number;
  /** CR4.PSE. Only 32-bit paging asks; PAE and IA-32e have large pages in any case (SDM 4.3, 4.4). Default: on. */
  readonly largePages?: boolean;
}

const largeBit = 7n;
const bitNames: readonly EntryBit[] = [
  'present',
  'writable',
  'user',
  'writeThrough',
  'cacheDisable',
  'accessed',
  'dirty',
  'large',
  'pat',
  'global',
  'noExecute',
];

/** Whether the raw entry at this place maps a page or names a table, present or not. */
export function entryRole({ geometry, levelIndex, largePages = true }: EntryPlace, raw: bigint): EntryRole {
  if (levelIndex === lastLevel(geometry)) return 'leaf';
  const large = levelAt(geometry, levelIndex).hugeLeaf && (largePages || geometry.id !== 'x86-32');
  return large && ((raw >> largeBit) & 1n) === 1n ? 'leaf' : 'table';
}

function isSet(format: EntryFormat, name: EntryBit, raw: bigint): boolean {
  const bit = format.bits[name];
  if (bit === undefined) return name === 'writable' || name === 'user';
  return ((raw >> BigInt(bit)) & 1n) === 1n;
}

/** The physical address bits of a raw entry, in place: bytes, below 2^52. */
export function entryAddress(format: EntryFormat, raw: bigint): bigint {
  const high = format.pse36 ? ((raw >> 13n) & 0xffn) << 32n : 0n;
  return (raw & format.addressMask) | high;
}

/**
 * Takes a raw entry apart as the processor would if it were present. SDM vol. 3, tables 4-4 to 4-20.
 * `raw` is an unsigned entry of the geometry's width.
 */
export function decodeEntry(place: EntryPlace, raw: bigint): X86Entry {
  const role = entryRole(place, raw);
  const format = entryFormat(place.geometry, place.levelIndex, role);
  const on = (name: EntryBit): boolean => isSet(format, name, raw);
  return {
    role,
    pfn: Number(entryAddress(format, raw) >> 12n),
    protectionKey: format.protectionKey ? Number((raw >> 59n) & 0xfn) : 0,
    present: on('present'),
    writable: on('writable'),
    user: on('user'),
    writeThrough: on('writeThrough'),
    cacheDisable: on('cacheDisable'),
    accessed: on('accessed'),
    dirty: on('dirty'),
    large: on('large'),
    pat: on('pat'),
    global: on('global'),
    noExecute: on('noExecute'),
  };
}

function encodeAddress(format: EntryFormat, pfn: number): bigint {
  const address = BigInt(pfn) << 12n;
  const raw = (address & format.addressMask) | (format.pse36 ? ((address >> 32n) & 0xffn) << 13n : 0n);
  if (entryAddress(format, raw) !== address) {
    throw new RangeError(`frame 0x${pfn.toString(16)} does not fit into this kind of entry`);
  }
  return raw;
}

/**
 * The raw entry that `decodeEntry` would take apart into `entry`. Bits that the format lacks are left out.
 * A large leaf gets its bit 7 whatever `large` says. Throws RangeError when the frame is too high, or not
 * aligned to the page.
 */
export function encodeEntry({ geometry, levelIndex }: EntryPlace, entry: X86Entry): bigint {
  const format = entryFormat(geometry, levelIndex, entry.role);
  let raw = encodeAddress(format, entry.pfn);
  for (const name of bitNames) {
    const bit = format.bits[name];
    if (bit !== undefined && (entry[name] || name === 'large')) raw |= 1n << BigInt(bit);
  }
  return format.protectionKey ? raw | (BigInt(entry.protectionKey) << 59n) : raw;
}
