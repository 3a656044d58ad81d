import type { FileHandle } from 'node:fs/promises';
import type { PageRun } from '../formats/capture-runs.ts';
import { createRunScanner, endRun, scanWords } from '../formats/pagemap-words.ts';
import type { SmapsBlock } from '../formats/proc-smaps.ts';
import { readChunks, wordsOf } from './pagemap-file.ts';
import type { VpnRange } from './pagemap-file.ts';
import { say } from './say.ts';

/** A mapping that is being scanned. */
export interface VmaScan {
  readonly block: SmapsBlock;
  /** What was found, not in order before `runsOf`. */
  readonly runs: PageRun[];
  present: number;
  swapped: number;
  /** What was not read yet: whole 2 MiB regions that smaps gives no reason to look into. */
  left: VpnRange | null;
}

/** The scan of one process. */
export interface Scan {
  readonly handle: FileHandle;
  /** Whether smaps tells how much there is to find. */
  readonly hasSmaps: boolean;
  sawFrames: boolean;
  /** Pages whose words were read. */
  pagesRead: number;
  /** Next moment (ms of performance.now) to say how far it is. */
  sayAtMs: number;
}

/** Mappings up to this size are read whole: 4 GiB, which takes 10 ms. */
const smallPages = 2 ** 20;
const regionPages = 512;

function reportProgress(scan: Scan, pages: number): void {
  scan.pagesRead += pages;
  if (performance.now() < scan.sayAtMs) return;
  scan.sayAtMs = performance.now() + 1000;
  say(`Reading pagemap: ${(scan.pagesRead / 2 ** 18).toFixed(0)} GiB of address space so far ...`);
}

/** Reads a range into `vma` until its end, or until `isEnough` says so. Returns the page it stopped at. */
export async function scanRange(
  scan: Scan,
  {
    vma,
    range,
    isEnough,
  }: { readonly vma: VmaScan; readonly range: VpnRange; readonly isEnough: () => boolean },
): Promise<number> {
  const scanner = createRunScanner();
  const before = { present: vma.present, swapped: vma.swapped };
  let nextVpn = range.startVpn;
  for await (const chunk of readChunks(scan.handle, range)) {
    const words = wordsOf(chunk);
    if (words !== null) scanWords(scanner, words, chunk.firstVpn);
    nextVpn = chunk.firstVpn + chunk.bytes.length / 8;
    vma.present = before.present + scanner.present;
    vma.swapped = before.swapped + scanner.swapped;
    reportProgress(scan, chunk.bytes.length / 8);
    if (isEnough()) break;
  }
  endRun(scanner);
  for (const run of scanner.runs) vma.runs.push(run);
  scan.sawFrames ||= scanner.sawFrames;
  return nextVpn;
}

/** Whether all that smaps counts in this mapping was found. Pages of zeros are in none of its counts. */
function isSatisfied({ block, present, swapped }: VmaScan): boolean {
  return present * 4 >= block.rssKb && swapped * 4 >= block.swapKb;
}

/** Reads the parts of a range that share a 2 MiB region with a neighbour, and leaves the rest for later. */
async function scanEdges(scan: Scan, vma: VmaScan, { startVpn, endVpn }: VpnRange): Promise<void> {
  const left = {
    startVpn: Math.ceil(startVpn / regionPages) * regionPages,
    endVpn: Math.floor(endVpn / regionPages) * regionPages,
  };
  const edges = [
    { startVpn, endVpn: left.startVpn },
    { startVpn: left.endVpn, endVpn },
  ];
  for (const range of edges) {
    if (range.startVpn < range.endVpn) await scanRange(scan, { vma, range, isEnough: () => false });
  }
  vma.left = left.startVpn < left.endVpn ? left : null;
}

/** Whether the kernel shows no pages of this mapping whatever it maps: memory of a device, or vvar. */
export function isHidden({ flags }: SmapsBlock): boolean {
  return flags.includes('pf');
}

/** Scans a mapping: all of a small one, and of a large one until what smaps counts is found. */
export async function scanVma(scan: Scan, block: SmapsBlock): Promise<VmaScan> {
  const vma: VmaScan = { block, runs: [], present: 0, swapped: 0, left: null };
  const range = { startVpn: Number(block.line.start >> 12n), endVpn: Number(block.line.end >> 12n) };
  const isHugetlb = block.kernelPageKb > 4;
  if (isHidden(block) || (isHugetlb && block.hugetlbKb === 0)) return vma;
  const whole = !scan.hasSmaps || isHugetlb || range.endVpn - range.startVpn <= smallPages;
  const isEnough = whole ? () => false : () => isSatisfied(vma);
  const startVpn = isEnough() ? range.startVpn : await scanRange(scan, { vma, range, isEnough });
  if (startVpn < range.endVpn) await scanEdges(scan, vma, { startVpn, endVpn: range.endVpn });
  return vma;
}

/** Everything found in a mapping, ascending. */
export function runsOf({ runs }: VmaScan): PageRun[] {
  return runs.toSorted((a, b) => a.vpn - b.vpn);
}
