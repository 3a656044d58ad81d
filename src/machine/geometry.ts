import { at } from '../lib/at.ts';

/** A level of tables, from the top (PGD) to the bottom (PTE). A geometry uses two to five of them. */
export type LevelName = 'PGD' | 'P4D' | 'PUD' | 'PMD' | 'PTE';

export type GeometryId = 'x86-32' | 'x86-32-pae' | 'x86-64-4' | 'x86-64-5';

/** One level of a geometry. An entry of it covers 2^shift bytes; a table of it covers entries times that. */
export interface Level {
  readonly name: LevelName;
  /** Lowest bit of the virtual address that belongs to this level's index. */
  readonly shift: number;
  readonly indexBits: number;
  /** Entries of one table: 2^indexBits, 4 to 1024. */
  readonly entries: number;
  /** An entry here may map a large page itself instead of naming a lower table. */
  readonly hugeLeaf: boolean;
}

/** How one paging mode cuts a virtual address into indices. Intel SDM vol. 3, 4.3 to 4.5. */
export interface Geometry {
  readonly id: GeometryId;
  /** Top first; the last is always PTE, with 4 KiB pages. */
  readonly levels: readonly Level[];
  /** Bytes of one entry. */
  readonly entryBytes: 4 | 8;
  /** Width of a virtual address, the user and the kernel half together. */
  readonly vaBits: number;
  /** First virtual address that is not the user's: 3 GiB with Linux' 3G/1G split, else half of the space. */
  readonly userVaEnd: bigint;
}

/** log2 of the bytes of the smallest page, and of a frame. */
export const pageShift = 12;

function level(name: LevelName, shift: number, indexBits: number, hugeLeaf = false): Level {
  return { name, shift, indexBits, entries: 2 ** indexBits, hugeLeaf };
}

const pte9 = level('PTE', 12, 9);
const pmd9 = level('PMD', 21, 9, true);
const pud9 = level('PUD', 30, 9, true);

/** The four geometries of x86: two levels (4 MiB pages with CR4.PSE), PAE, four levels, five levels (LA57). */
export const geometries: Readonly<Record<GeometryId, Geometry>> = {
  'x86-32': {
    id: 'x86-32',
    levels: [level('PGD', 22, 10, true), level('PTE', 12, 10)],
    entryBytes: 4,
    vaBits: 32,
    userVaEnd: 0xc000_0000n,
  },
  'x86-32-pae': {
    id: 'x86-32-pae',
    levels: [level('PGD', 30, 2), pmd9, pte9],
    entryBytes: 8,
    vaBits: 32,
    userVaEnd: 0xc000_0000n,
  },
  'x86-64-4': {
    id: 'x86-64-4',
    levels: [level('PGD', 39, 9), pud9, pmd9, pte9],
    entryBytes: 8,
    vaBits: 48,
    userVaEnd: 1n << 47n,
  },
  'x86-64-5': {
    id: 'x86-64-5',
    levels: [level('PGD', 48, 9), level('P4D', 39, 9), pud9, pmd9, pte9],
    entryBytes: 8,
    vaBits: 57,
    userVaEnd: 1n << 56n,
  },
};

/** The level at `levelIndex` (0 = top). Throws when the geometry has no such level. */
export function levelAt(geometry: Geometry, levelIndex: number): Level {
  return at(geometry.levels, levelIndex);
}

/** The number of the bottom level, PTE: 1 to 4. */
export function lastLevel(geometry: Geometry): number {
  return geometry.levels.length - 1;
}

/** Which entry of a table at `levelIndex` translates `va`: 0 to entries - 1. Bits above the geometry's width are ignored. */
export function vaIndex(geometry: Geometry, levelIndex: number, va: bigint): number {
  const { shift, entries } = levelAt(geometry, levelIndex);
  return Number((va >> BigInt(shift)) & BigInt(entries - 1));
}

/** `va` rounded down to the first address that the table of `levelIndex` holding it covers. */
export function tableBase(geometry: Geometry, levelIndex: number, va: bigint): bigint {
  const { shift, indexBits } = levelAt(geometry, levelIndex);
  const bits = BigInt(shift + indexBits);
  return (va >> bits) << bits;
}

/** Bytes of one table: 4096, but 32 for the PGD of PAE, which is aligned to 32 bytes only (SDM 4.4.1). */
export function tableBytes(geometry: Geometry, levelIndex: number): number {
  return levelAt(geometry, levelIndex).entries * geometry.entryBytes;
}
