import { lastLevel, levelAt, pageShift } from '../machine/geometry.ts';
import type { LevelName } from '../machine/geometry.ts';
import { IMAGE_DEPOSIT, IMAGE_LEAF, IMAGE_NONE, IMAGE_P } from './image-flags.ts';
import type { ImageSummary, ImageTable, ProcessImage } from './process-image.ts';

/** Tables of each level of the image, bottom level first. */
export function tableCounts({ geometry, tables }: ProcessImage): Partial<Record<LevelName, number>> {
  const counts: Partial<Record<LevelName, number>> = {};
  for (const { name } of geometry.levels.toReversed()) counts[name] = 0;
  for (const { level } of tables) {
    const { name } = levelAt(geometry, level);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function countEntries(tables: readonly ImageTable[], allOf: number): number {
  let count = 0;
  for (const { flags } of tables) for (const bits of flags) if ((bits & allOf) === allOf) count++;
  return count;
}

/** Transparent huge pages that have a PTE table deposited behind them: the anonymous ones. */
export function depositedTables({ tables }: ProcessImage): number {
  return countEntries(tables, IMAGE_LEAF | IMAGE_DEPOSIT);
}

/**
 * What the kernel's VmPTE should be for this image, in KiB: 4 for every PTE, PMD and PUD table and for every
 * deposited PTE table. Linux counts neither PGD nor P4D pages (mm_pgtables_bytes, kernel 4.15 to 6.18).
 */
export function derivedKb(image: ProcessImage): number {
  const { PTE = 0, PMD = 0, PUD = 0 } = tableCounts(image);
  return 4 * (PTE + PMD + PUD + depositedTables(image));
}

function isMapped(flags: number): boolean {
  return (flags & (IMAGE_P | IMAGE_NONE)) !== 0;
}

/** Pages of 4 KiB that the leaves of one table map. */
function mappedPages({ geometry }: ProcessImage, { level, flags }: ImageTable): number {
  const bottom = level === lastLevel(geometry);
  const pages = 2 ** (levelAt(geometry, level).shift - pageShift);
  let count = 0;
  for (const bits of flags) if (isMapped(bits) && (bottom || (bits & IMAGE_LEAF) !== 0)) count += pages;
  return count;
}

/** Mapped memory in pages of 4 KiB: present or PROT_NONE, huge pages with all that they hold, swapped ones not. */
export function presentPages(image: ProcessImage): number {
  return image.tables.reduce((sum, table) => sum + mappedPages(image, table), 0);
}

/** The counts of an image in one object, keys in the order in which `capture --summary` prints them. */
export function summarise(image: ProcessImage): ImageSummary {
  return {
    levels: image.geometry.levels.length,
    tables: tableCounts(image),
    hugePages: countEntries(image.tables, IMAGE_LEAF),
    presentPages: presentPages(image),
    vmPteKb: image.facts.vmPteKb,
    derivedKb: derivedKb(image),
  };
}
