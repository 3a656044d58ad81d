import { lastLevel, levelAt } from './geometry.ts';
import { decodeEntry } from './x86-entry.ts';
import type { EntryPlace, X86Entry } from './x86-entry.ts';
import { entryFormat } from './x86-format.ts';

/**
 * What Linux keeps in an entry whose P bit is off.
 * - none: empty
 * - protnone: a mapped page that no access may use (PROT_NONE, NUMA hinting); `entry` is what it would be with P on,
 *   its `global` off, as Linux uses that bit here
 * - swap: a swap slot, or one of the kernel's special types (migration, poison, marker)
 */
export type NotPresent =
  | { readonly kind: 'none' }
  | { readonly kind: 'protnone'; readonly entry: X86Entry }
  | { readonly kind: 'swap'; readonly type: number; readonly offset: bigint };

const protNoneBit = 1n << 8n;
const largeBit = 1n << 7n;
const word = (1n << 64n) - 1n;
/** A and D, which an erratum may set in an empty 64-bit entry (arch/x86/include/asm/pgtable_types.h, since 4.8). */
const strayBits = (1n << 5n) | (1n << 6n);

function isEmpty({ geometry }: EntryPlace, raw: bigint): boolean {
  const ignored = geometry.levels.length >= 4 ? strayBits : 0n;
  return (raw & ~ignored) === 0n;
}

/** A PTE keeps PROT_NONE in bit 8; a large page is still Linux's when bit 7 or bit 8 is on (pmd_present). */
function isProtNone({ geometry, levelIndex }: EntryPlace, raw: bigint): boolean {
  if (levelIndex === lastLevel(geometry)) return (raw & protNoneBit) !== 0n;
  return levelAt(geometry, levelIndex).hugeLeaf && (raw & (protNoneBit | largeBit)) !== 0n;
}

/** Frame bits 51:12 as stored in an entry with P off: inverted since 4.19 where entries are 64 bits (L1TF). */
function invertFrame(place: EntryPlace, raw: bigint): bigint {
  if (place.geometry.entryBytes === 4) return raw;
  return raw ^ entryFormat(place.geometry, place.levelIndex, 'leaf').addressMask;
}

/** Swap type and offset. arch/x86/include/asm: pgtable_64.h, pgtable-3level.h (64 bits), pgtable-2level.h. */
function decodeSwap(place: EntryPlace, raw: bigint): NotPresent {
  if (place.geometry.entryBytes === 4) {
    return { kind: 'swap', type: Number((raw >> 1n) & 31n), offset: raw >> 9n };
  }
  const offset = (((~raw & word) << 5n) & word) >> 14n;
  return { kind: 'swap', type: Number(raw >> 59n), offset };
}

/**
 * Takes a raw entry with P off apart, as Linux 4.19 to 6.18 writes it. `raw` is unsigned, of the geometry's width.
 * Throws RangeError when P is on.
 */
export function decodeNotPresent(place: EntryPlace, raw: bigint): NotPresent {
  if ((raw & 1n) !== 0n) throw new RangeError('the entry is present');
  if (isEmpty(place, raw)) return { kind: 'none' };
  if (isProtNone(place, raw)) {
    return { kind: 'protnone', entry: decodeEntry(place, invertFrame(place, raw & ~protNoneBit)) };
  }
  return decodeSwap(place, raw);
}

/** The raw entry of a leaf after mprotect(PROT_NONE): P off, bit 8 on, its frame stored as Linux does. */
export function encodeProtNone(place: EntryPlace, leaf: bigint): bigint {
  return invertFrame(place, (leaf & ~1n) | protNoneBit);
}

/** The raw entry of a page swapped out to `offset` (in pages) of swap area `type` (0 to 31). */
export function encodeSwap(place: EntryPlace, type: number, offset: bigint): bigint {
  if (place.geometry.entryBytes === 4) return (BigInt(type) << 1n) | (offset << 9n);
  return (BigInt(type) << 59n) | (((~offset << 14n) & word) >> 5n);
}
