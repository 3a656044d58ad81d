import { at } from '../lib/at.ts';
import { IMAGE_LEAF, IMAGE_P, IMAGE_W } from './image-flags.ts';
import type { ImageTable, ImageVma, ProcessImage } from './process-image.ts';

/** An address of a real process that CPU0 will read or write. */
export interface Touch {
  readonly va: number;
  readonly name: string;
  readonly address: bigint;
  /** Indices from the top down to the entry that maps it. */
  readonly path: readonly number[];
  /** The image's table and the entry in it. */
  readonly table: number;
  readonly entry: number;
  readonly write: boolean;
  readonly writable: boolean;
  readonly privateMapping: boolean;
}

/** How many addresses CPU0 touches: enough to meet every kind of mapping, few enough to follow. */
const MOST = 6;

/**
 * A few present pages, spread over the address space: the first leaf of tables at even distances. Pages of writable
 * mappings whose entry allows it are written, others read. Deterministic.
 */
export function chooseTouches(image: ProcessImage): readonly Touch[] {
  const bottom = image.geometry.levels.length - 1;
  const candidates = image.tables.flatMap((table, number) => {
    const entry = firstLeaf(table, bottom);
    return entry < 0 ? [] : [{ table: number, entry }];
  });
  const count = Math.min(MOST, candidates.length);
  return Array.from({ length: count }, (_, i) => {
    const chosen = at(candidates, Math.floor((i * candidates.length) / count));
    return touchOf(image, chosen, i);
  });
}

function firstLeaf(table: ImageTable, bottom: number): number {
  for (let i = 0; i < table.index.length; i++) {
    const flags = at(table.flags, i);
    if ((flags & IMAGE_P) === 0 || at(table.target, i) < 0) continue;
    if (table.level === bottom || (flags & IMAGE_LEAF) !== 0) return i;
  }
  return -1;
}

function touchOf(image: ProcessImage, { table, entry }: { table: number; entry: number }, va: number): Touch {
  const { level, vaBase, index, flags } = at(image.tables, table);
  const address = vaBase + (BigInt(at(index, entry)) << BigInt(at(image.geometry.levels, level).shift));
  const vma = vmaOf(image.vmas, address);
  const writable = vma?.perms[1] === 'w';
  const bottom = image.geometry.levels.length - 1;
  const write = writable && (level === bottom || (at(flags, entry) & IMAGE_W) !== 0);
  return {
    va,
    name: `0x${address.toString(16)}`,
    address,
    path: [...pathTo(image.tables, table), at(index, entry)],
    table,
    entry,
    write,
    writable,
    privateMapping: vma?.perms[3] === 'p',
  };
}

function pathTo(tables: readonly ImageTable[], table: number): readonly number[] {
  const path: number[] = [];
  for (let number = table; ;) {
    const { parent, parentIndex } = at(tables, number);
    if (parent < 0) return path;
    path.unshift(parentIndex);
    number = parent;
  }
}

function vmaOf(vmas: readonly ImageVma[], address: bigint): ImageVma | undefined {
  return vmas.find(({ start, end }) => address >= start && address < end);
}
