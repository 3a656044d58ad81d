import { at } from '../lib/at.ts';
import { lastLevel, levelAt, pageShift } from '../machine/geometry.ts';
import type { Geometry } from '../machine/geometry.ts';
import { IMAGE_A, IMAGE_P, IMAGE_U, IMAGE_W } from './image-flags.ts';
import { emptyTable, pushEntry, sealTable } from './open-table.ts';
import type { OpenTable } from './open-table.ts';
import type { ImageTable } from './process-image.ts';

/** A run of entries that a process has, in pages of 4 KiB. */
export interface LeafRun {
  /** First virtual page number; a multiple of the leaf's pages. */
  readonly vpn: number;
  /** Pages of 4 KiB; a multiple of the leaf's pages. */
  readonly pages: number;
  /** Frame of the first page; the others follow on. -1 when unknown: then it is -1 for all. */
  readonly pfn: number;
  /** Level whose entries these are. */
  readonly level: number;
  readonly flags: number;
}

/** Builds the tables that must exist so that a process can have the entries it has. */
export interface TableBuilder {
  readonly geometry: Geometry;
  /** The open table of each level: the path to the entry that was added last. */
  readonly open: readonly OpenTable[];
  /** Sealed tables under their numbers. */
  readonly tables: ImageTable[];
  /** 4 KiB pages that an entry, and a whole table, of each level covers. */
  readonly entryPages: readonly number[];
  readonly tablePages: readonly number[];
  nextNumber: number;
  nextVpn: number;
}

/** What Linux writes into an entry that names a table: _PAGE_TABLE, without D, which tables have no use for. */
const tableFlags = IMAGE_P | IMAGE_W | IMAGE_U | IMAGE_A;

/** Starts with an empty top table. */
export function createTableBuilder(geometry: Geometry): TableBuilder {
  const builder: TableBuilder = {
    geometry,
    open: geometry.levels.map(({ entries }) => emptyTable(entries)),
    tables: [],
    entryPages: geometry.levels.map(({ shift }) => 2 ** (shift - pageShift)),
    tablePages: geometry.levels.map(({ shift, entries }) => 2 ** (shift - pageShift) * entries),
    nextNumber: 0,
    nextVpn: 0,
  };
  openAt(builder, 0, 0);
  return builder;
}

function openAt(builder: TableBuilder, level: number, baseVpn: number): void {
  const table = at(builder.open, level);
  table.number = builder.nextNumber++;
  table.baseVpn = baseVpn;
  table.count = 0;
  const above = builder.open[level - 1];
  if (above === undefined) return;
  table.parent = above.number;
  table.parentIndex = (baseVpn - above.baseVpn) / at(builder.entryPages, level - 1);
  pushEntry(above, { index: table.parentIndex, target: table.number, flags: tableFlags });
}

/** Seals the open tables of `level` and below. */
function closeFrom({ open, tables }: TableBuilder, level: number): void {
  for (let i = level; i < open.length; i++) {
    const table = at(open, i);
    if (table.baseVpn < 0) return;
    tables[table.number] = sealTable(table, i);
    table.baseVpn = -1;
  }
}

/** The table of `level` that holds `vpn`, opened with those above it; what lies before is sealed. */
function descend(builder: TableBuilder, level: number, vpn: number): OpenTable {
  for (let i = 1; i <= level; i++) {
    const baseVpn = vpn - (vpn % at(builder.tablePages, i));
    if (at(builder.open, i).baseVpn === baseVpn) continue;
    closeFrom(builder, i);
    openAt(builder, i, baseVpn);
  }
  return at(builder.open, level);
}

/** What is wrong with a run, or null. */
function complaint({ geometry, nextVpn, entryPages, tablePages }: TableBuilder, run: LeafRun): string | null {
  const { vpn, pages, level } = run;
  const unit = entryPages[level];
  if (unit === undefined || (level !== lastLevel(geometry) && !levelAt(geometry, level).hugeLeaf)) {
    return 'are mapped at a level that maps none';
  }
  if (!(vpn >= nextVpn && pages > 0 && vpn + pages <= at(tablePages, 0))) {
    return 'are out of order or outside of the address space';
  }
  return vpn % unit !== 0 || pages % unit !== 0 ? 'are not aligned to their size' : null;
}

/**
 * Adds entries after all that were added before. Throws RangeError when they are not ascending, not aligned, or
 * outside of the geometry.
 */
export function addLeaves(builder: TableBuilder, run: LeafRun): void {
  const wrong = complaint(builder, run);
  if (wrong !== null) throw new RangeError(`pages at virtual page 0x${run.vpn.toString(16)} ${wrong}`);
  const unit = at(builder.entryPages, run.level);
  const tablePages = at(builder.tablePages, run.level);
  const end = run.vpn + run.pages;
  let pfn = run.pfn;
  for (let page = run.vpn; page < end;) {
    const table = descend(builder, run.level, page);
    const stop = Math.min(end, table.baseVpn + tablePages);
    for (; page < stop; page += unit) {
      pushEntry(table, { index: (page - table.baseVpn) / unit, target: pfn, flags: run.flags });
      if (pfn >= 0) pfn += unit;
    }
  }
  closeFrom(builder, run.level + 1);
  builder.nextVpn = end;
}

/** The tables, depth first in address order; the top is there even when nothing was added. */
export function finishTables(builder: TableBuilder): ImageTable[] {
  closeFrom(builder, 0);
  return builder.tables;
}
