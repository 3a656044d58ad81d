import * as capture from './capture-flags.ts';
import type { PageRun } from './capture-runs.ts';

/**
 * The high half of a word of /proc/PID/pagemap: bits 55 to 63 less 32, and the flag that stands for each.
 * Documentation/admin-guide/mm/pagemap.rst, Linux 6.18; 58 since 6.15, 57 since 5.13.
 */
const bits: readonly (readonly [number, number])[] = [
  [63 - 32, capture.CAPTURE_PRESENT],
  [62 - 32, capture.CAPTURE_SWAP],
  [61 - 32, capture.CAPTURE_FILE],
  [58 - 32, capture.CAPTURE_GUARD],
  [57 - 32, capture.CAPTURE_UFFD_WP],
  [56 - 32, capture.CAPTURE_EXCLUSIVE],
  [55 - 32, capture.CAPTURE_SOFT_DIRTY],
];
const frameBitsHigh = 2 ** 23 - 1;
const mapped = capture.CAPTURE_PRESENT | capture.CAPTURE_SWAP;

/** Flags by the nine high bits of a word. */
const flagsOfHigh = Uint16Array.from({ length: 512 }, (_, high) =>
  bits.reduce((flags, [bit, flag]) => flags | ((high >> (bit - 23)) & 1 ? flag : 0), 0),
);

/** Grows runs out of words of pagemap that come in address order. */
export interface RunScanner {
  readonly runs: PageRun[];
  /** Present pages so far, and swapped ones: units of 4 KiB. */
  present: number;
  swapped: number;
  /** Whether any word had a frame number. */
  sawFrames: boolean;
  /** The run that is growing; no pages when none is. */
  vpn: number;
  pages: number;
  pfn: number;
  flags: number;
}

export function createRunScanner(): RunScanner {
  return { runs: [], present: 0, swapped: 0, sawFrames: false, vpn: 0, pages: 0, pfn: -1, flags: 0 };
}

/** Ends the run that is growing. To be called after the last word of a mapping: a run stays inside one. */
export function endRun(scanner: RunScanner): void {
  const { vpn, pages, pfn, flags } = scanner;
  if (pages > 0) scanner.runs.push({ vpn, pages, pfn, flags });
  scanner.pages = 0;
}

function frameOf(low: number, high: number): number {
  return (high & frameBitsHigh) * 2 ** 32 + low;
}

function addPage(scanner: RunScanner, page: Omit<PageRun, 'pages'>): void {
  const { vpn, pages, pfn } = scanner;
  const follows = page.pfn < 0 ? pfn < 0 : pfn >= 0 && pfn + pages === page.pfn;
  if (pages > 0 && vpn + pages === page.vpn && scanner.flags === page.flags && follows) {
    scanner.pages++;
    return;
  }
  endRun(scanner);
  scanner.vpn = page.vpn;
  scanner.pages = 1;
  scanner.pfn = page.pfn;
  scanner.flags = page.flags;
}

/**
 * Reads words of pagemap, as pairs of 32 bits (low first), for pages from `firstVpn` on. A present page whose word
 * has no frame number (we may not see them) gets -1.
 */
export function scanWords(scanner: RunScanner, words: Uint32Array, firstVpn: number): void {
  for (let i = 0; i < words.length; i += 2) {
    const low = words[i] ?? 0;
    const high = words[i + 1] ?? 0;
    if ((high | low) === 0) continue;
    const flags = flagsOfHigh[high >>> 23] ?? 0;
    if ((flags & mapped) === 0) continue;
    const present = (flags & capture.CAPTURE_PRESENT) !== 0;
    const frame = present ? frameOf(low, high) : 0;
    if (present) scanner.present++;
    else scanner.swapped++;
    if (frame > 0) scanner.sawFrames = true;
    addPage(scanner, { vpn: firstVpn + i / 2, pfn: frame > 0 ? frame : -1, flags });
  }
}
