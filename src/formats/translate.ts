import { at } from '../lib/at.ts';
import { lastLevel, levelAt, pageShift as smallShift } from '../machine/geometry.ts';
import * as flag from './image-flags.ts';
import { vmaLookup } from './image-vmas.ts';
import { nodeLookup } from './node-ranges.ts';
import type { ProcessImage } from './process-image.ts';

/** Pages that one rule translates, in the form of the ptlab-truth files. */
export interface TranslationRun {
  /** Address of the first page, hex. */
  readonly va: string;
  /** Physical address of the first page, hex; null where the source does not give frames. */
  readonly pa: string | null;
  /** log2 of the bytes of a page: 12, 21, 22 or 30. */
  readonly pageShift: number;
  /** Pages of that size. */
  readonly n: number;
  /** XGPDACTUW, a letter each, `-` for off and `?` for unknown: no-execute, global, large, dirty, accessed, cache-disable, write-through, user, writable. */
  readonly flags: string;
  /** Node of the first page, where known. */
  readonly node?: number;
}

/** A run with numbers, while it grows. */
interface OpenRun {
  readonly vpn: number;
  readonly pfn: number;
  readonly pageShift: number;
  readonly shown: number;
  n: number;
}

/** A present leaf: `vpn` and `pfn` in 4 KiB pages; `pfn` is -1 when unknown. */
export interface Leaf {
  readonly vpn: number;
  readonly pfn: number;
  readonly levelIndex: number;
  readonly flags: number;
}

const letters: readonly (readonly [string, number])[] = [
  ['X', flag.IMAGE_NX],
  ['G', flag.IMAGE_G],
  ['P', flag.IMAGE_LEAF],
  ['D', flag.IMAGE_D],
  ['A', flag.IMAGE_A],
  ['C', flag.IMAGE_PCD],
  ['T', flag.IMAGE_PWT],
  ['U', flag.IMAGE_U],
  ['W', flag.IMAGE_W],
];
const shownFlags = letters.reduce((all, [, bit]) => all | bit, 0);

/** Writes flags as nine letters; the same flags are written once. */
function lettering({ known }: ProcessImage): (shown: number) => string {
  const unknown = known.accessedDirty ? 0 : flag.IMAGE_A | flag.IMAGE_D;
  const written = new Map<number, string>();
  return (shown) => {
    const before = written.get(shown);
    if (before !== undefined) return before;
    const letterOf = (letter: string, bit: number): string => ((shown & bit) === 0 ? '-' : letter);
    const text = letters.map(([letter, bit]) => (unknown & bit ? '?' : letterOf(letter, bit))).join('');
    written.set(shown, text);
    return text;
  };
}

/** The node of a page: its frame's, else the one that holds all pages of its mapping. */
function nodeOfPages(image: ProcessImage): (run: OpenRun) => number | null {
  const nodeOf = nodeLookup(image.nodes);
  const vmaOf = vmaLookup(image.vmas);
  return ({ vpn, pfn }) => (image.known.pfn ? nodeOf(pfn) : (vmaOf(vpn)?.node ?? null));
}

/** Calls `visit` for every present leaf in address order. A table that two entries share is walked for each. */
export function forEachLeaf(image: ProcessImage, visit: (leaf: Leaf) => void): void {
  const { geometry, tables } = image;
  const bottom = lastLevel(geometry);
  const walk = (tableNumber: number, baseVpn: number): void => {
    const { level: levelIndex, index, target, flags } = at(tables, tableNumber);
    const pages = 2 ** (levelAt(geometry, levelIndex).shift - smallShift);
    for (let i = 0; i < index.length; i++) {
      const bits = at(flags, i);
      if ((bits & flag.IMAGE_P) === 0) continue;
      const vpn = baseVpn + at(index, i) * pages;
      if (levelIndex < bottom && (bits & flag.IMAGE_LEAF) === 0) walk(at(target, i), vpn);
      else visit({ vpn, pfn: at(target, i), levelIndex, flags: bits });
    }
  };
  walk(0, 0);
}

function continues(run: OpenRun, { vpn, pfn }: Leaf, next: OpenRun): boolean {
  const pages = run.n * 2 ** (run.pageShift - smallShift);
  const contiguous = pfn < 0 ? run.pfn < 0 : run.pfn >= 0 && run.pfn + pages === pfn;
  return (
    run.pageShift === next.pageShift && run.shown === next.shown && run.vpn + pages === vpn && contiguous
  );
}

function hexOfPage(page: number): string {
  return page === 0 ? '0x0' : `0x${page.toString(16)}000`;
}

/**
 * What every present leaf of the user half translates to, in as few runs as possible: addresses follow on at both
 * sides, page size and flags are equal. The flags are the leaf's own, not and-ed with those above it.
 */
export function translate(image: ProcessImage): TranslationRun[] {
  const nodeOf = nodeOfPages(image);
  const flagsOf = lettering(image);
  const runs: OpenRun[] = [];
  forEachLeaf(image, (leaf) => {
    const pageShift = levelAt(image.geometry, leaf.levelIndex).shift;
    const next: OpenRun = { vpn: leaf.vpn, pfn: leaf.pfn, pageShift, shown: leaf.flags & shownFlags, n: 1 };
    const last = runs.at(-1);
    if (last !== undefined && continues(last, leaf, next)) last.n++;
    else runs.push(next);
  });
  return runs.map((run) => {
    const { vpn, pfn, pageShift, n, shown } = run;
    const node = nodeOf(run);
    const pa = pfn < 0 ? null : hexOfPage(pfn);
    const printed = { va: hexOfPage(vpn), pa, pageShift, n, flags: flagsOf(shown) };
    return node === null ? printed : { ...printed, node };
  });
}
