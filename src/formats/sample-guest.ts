import { geometries, lastLevel, levelAt, tableBase, vaIndex } from '../machine/geometry.ts';
import type { Geometry, GeometryId } from '../machine/geometry.ts';

/** One entry to put into a guest's tables. */
export interface GuestEntry {
  /** Any address that the entry translates. */
  readonly va: bigint;
  /** Level from the top that holds the entry. */
  readonly levelIndex: number;
  /** The raw entry. */
  readonly raw: bigint;
}

/** A guest to be made. */
export interface GuestPlan {
  readonly geometry: Geometry;
  readonly entries: readonly GuestEntry[];
  /** Physical address of the top table; PAE allows any multiple of 32. */
  readonly topPa: bigint;
  /** Physical address of the first table below the top; the others follow, a page each. */
  readonly tablesPa: bigint;
}

/** A table of a guest, as a ptlab-truth-1 file writes it. */
export interface GuestTable {
  readonly level: string;
  readonly vaBase: string;
  readonly node: number;
  readonly entries: Record<string, string>;
  readonly kernelEntries?: Record<string, string>;
}

/** A file in the form of ptlab-truth-1, less its answers. */
export interface GuestFile {
  readonly format: 'ptlab-truth-1';
  readonly name: string;
  readonly levels: readonly string[];
  readonly entrySize: number;
  readonly process: { readonly who: string; readonly pid: number };
  readonly regs: Readonly<Record<string, string>>;
  readonly nodes: readonly { readonly id: number; readonly base: string; readonly size: string }[];
  readonly maps: readonly string[];
  readonly vmPTEkB: number;
  readonly userTables: Record<string, GuestTable>;
}

/** Frames below 1 GiB are node 0's, up to 64 GiB node 1's. */
const nodes = [
  { id: 0, base: '0x0', size: '0x40000000' },
  { id: 1, base: '0x40000000', size: '0xfc0000000' },
];

export function hex(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** What Linux writes for a lower table; PAE's pointers have P alone, and bit 5 as an emulator would set it. */
function tableEntry({ id }: Geometry, levelIndex: number, pa: bigint): bigint {
  return pa | (id === 'x86-32-pae' && levelIndex === 0 ? 0x21n : 0x67n);
}

function registers({ geometry, topPa }: GuestPlan): Record<string, string> {
  const cr4 = { 'x86-32': 0x10n, 'x86-32-pae': 0x30n, 'x86-64-4': 0x30n, 'x86-64-5': 0x1030n }[geometry.id];
  return { CR3: hex(topPa), CR4: hex(cr4), EFER: geometry.levels.length > 3 ? '0xd01' : '0x800' };
}

/** Builds the tables that hold the entries, and writes them as a file. Tables appear as their first entry needs them. */
export function makeGuest(plan: GuestPlan): GuestFile {
  const { geometry, topPa, tablesPa } = plan;
  const userTables: Record<string, GuestTable> = {};
  let nextPa = tablesPa;
  const addTable = (pa: bigint, levelIndex: number, va: bigint): GuestTable => {
    const node = pa < 0x4000_0000n ? 0 : 1;
    const vaBase = hex(tableBase(geometry, levelIndex, va));
    const table = { level: levelAt(geometry, levelIndex).name, vaBase, node, entries: {} };
    userTables[hex(pa)] = table;
    return table;
  };
  const top = addTable(topPa, 0, 0n);
  const below = new Map<string, GuestTable>();
  const descend = (table: GuestTable, levelIndex: number, va: bigint): GuestTable => {
    const key = `${String(levelIndex)} ${hex(tableBase(geometry, levelIndex, va))}`;
    const known = below.get(key);
    if (known !== undefined) return known;
    const added = addTable(nextPa, levelIndex, va);
    table.entries[vaIndex(geometry, levelIndex - 1, va)] = hex(tableEntry(geometry, levelIndex - 1, nextPa));
    nextPa += 4096n;
    below.set(key, added);
    return added;
  };
  for (const { va, levelIndex, raw } of plan.entries) {
    let table = top;
    for (let i = 1; i <= levelIndex; i++) table = descend(table, i, va);
    table.entries[vaIndex(geometry, levelIndex, va)] = hex(raw);
  }
  return {
    format: 'ptlab-truth-1',
    name: `sample ${geometry.id}`,
    levels: geometry.levels.map(({ name }) => name),
    entrySize: geometry.entryBytes,
    process: { who: 'parent', pid: 1 },
    regs: registers(plan),
    nodes,
    maps: [],
    vmPTEkB: 4 * Object.values(userTables).filter(({ level }) => /^P(TE|MD|UD)$/.test(level)).length,
    userTables,
  };
}

const noExecute = 1n << 63n;

/** `count` pages from `va` and `pa` on, all with these low bits. */
function pages(
  geometry: Geometry,
  from: { readonly va: bigint; readonly pa: bigint; readonly bits: bigint },
  count: number,
): GuestEntry[] {
  return Array.from({ length: count }, (_, i) => {
    const offset = BigInt(i) << 12n;
    return { va: from.va + offset, levelIndex: lastLevel(geometry), raw: (from.pa + offset) | from.bits };
  });
}

/** A page under PROT_NONE and a swapped one, as Linux stores them in this geometry. */
function notPresent(geometry: Geometry, va: bigint): GuestEntry[] {
  const levelIndex = lastLevel(geometry);
  const inverted = geometry.entryBytes === 8 ? 0xf_ffff_ffff_f000n : 0n;
  const swap =
    geometry.entryBytes === 8 ? (1n << 59n) | ((~0x77n & ((1n << 50n) - 1n)) << 9n) : 2n | (0x77n << 9n);
  return [
    { va, levelIndex, raw: (0x3fe1_5000n ^ inverted) | 0x160n },
    { va: va + 4096n, levelIndex, raw: swap },
  ];
}

/** Large pages of every size that the geometry has: two neighbours each, and one of 4 MiB above 4 GiB (PSE-36). */
function largePages(geometry: Geometry): GuestEntry[] {
  if (geometry.id === 'x86-32') {
    return [
      { va: 0x4000_0000n, levelIndex: 0, raw: 0x1000_00e7n },
      { va: 0x4040_0000n, levelIndex: 0, raw: 0x1040_00e7n },
      { va: 0x4080_0000n, levelIndex: 0, raw: 0x1080_00e7n | (3n << 13n) },
    ];
  }
  const pmd = lastLevel(geometry) - 1;
  const small = [0n, 0x20_0000n].map((offset) => ({
    va: 0x4000_0000n + offset,
    levelIndex: pmd,
    raw: (0x1000_0000n + offset) | 0x8e7n | noExecute,
  }));
  if (pmd < 2) return small;
  return [...small, { va: 0x1_4000_0000n, levelIndex: pmd - 1, raw: 0x8000_08e5n | noExecute }];
}

/**
 * A small guest of each geometry with the cases that differ: read-only and executable pages, neighbours with unlike
 * flags, large pages, PROT_NONE, swap, a PGD of PAE inside a page, an address above 128 TiB under LA57.
 */
export function sampleGuest(id: GeometryId): GuestFile {
  const geometry = geometries[id];
  const nx = geometry.entryBytes === 8 ? noExecute : 0n;
  const high = id === 'x86-64-5' ? 0xff_ffff_ffff_e000n : geometry.userVaEnd - 0x2000n;
  const entries = [
    ...pages(geometry, { va: 0x40_0000n, pa: 0x123_4000n, bits: 0x25n }, 5),
    ...pages(geometry, { va: 0x40_5000n, pa: 0x123_9000n, bits: 0x67n | nx }, 3),
    ...pages(geometry, { va: 0x41_0000n, pa: 0x4567_8000n, bits: 0x165n | 0x18n }, 2),
    ...notPresent(geometry, 0x50_0000n),
    ...largePages(geometry),
    ...pages(geometry, { va: high, pa: 0x2a_0000n, bits: 0x67n | nx }, 2),
  ];
  return makeGuest({
    geometry,
    entries,
    topPa: id === 'x86-32-pae' ? 0x22f_36c0n : 0x22f_3000n,
    tablesPa: 0x3ff0_0000n,
  });
}
