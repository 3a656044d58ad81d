import { createRng } from '../lib/rng.ts';
import {
  CAPTURE_2M,
  CAPTURE_DEPOSIT,
  CAPTURE_EXCLUSIVE,
  CAPTURE_PRESENT,
  CAPTURE_SWAP,
} from './capture-flags.ts';
import { makeCapture } from './capture-make.ts';
import type { PageRun } from './capture-runs.ts';
import type { CaptureFile } from './capture-schema.ts';
import type { MapsLine } from './proc-maps.ts';
import type { SmapsBlock } from './proc-smaps.ts';

/** What a made capture may be told; everything else is fixed. */
export interface SampleCapture {
  /** 4 or 5. */
  readonly levels?: 4 | 5;
  readonly runs: readonly PageRun[];
  /** Whether runs have frames. */
  readonly pfn?: boolean;
}

/** One readable and writable mapping over all of the user half. */
function wholeMapping(levels: 4 | 5): SmapsBlock {
  const end = levels === 5 ? 1n << 56n : 1n << 47n;
  const line: MapsLine = { start: 0n, end, perms: 'rw-p', offset: 0n, device: '00:00', inode: 0, name: '' };
  const counts = { rssKb: 0, swapKb: 0, anonHugeKb: 0, shmemHugeKb: 0, fileHugeKb: 0, hugetlbKb: 0 };
  return { line, ...counts, kernelPageKb: 4, flags: [] };
}

/** A capture with these pages, in one mapping, on a machine with two nodes of 2^20 frames each. */
export function sampleCapture({ levels = 4, runs, pfn = true }: SampleCapture): CaptureFile {
  return makeCapture({
    pid: 42,
    comm: 'sample',
    kernel: 'Linux 6.18',
    levels: { levels, why: 'it was made so' },
    vmPteKb: null,
    pfn,
    missing: [],
    nodes: [0, 1].map((id) => ({ id, ranges: [{ startPfn: id * 2 ** 20, endPfn: (id + 1) * 2 ** 20 }] })),
    blocks: [wholeMapping(levels)],
    numa: [],
    runs,
  });
}

const present = CAPTURE_PRESENT | CAPTURE_EXCLUSIVE;

/** A few pages of every sort: small, swapped, huge, in two far parts of the address space. */
export const sampleRuns: readonly PageRun[] = [
  { vpn: 0x400, pages: 5, pfn: 0x1234, flags: present },
  { vpn: 0x405, pages: 1, pfn: 0x10_0000, flags: present },
  { vpn: 0x500, pages: 2, pfn: -1, flags: CAPTURE_SWAP },
  { vpn: 0x600, pages: 1024, pfn: 0x8000, flags: present | CAPTURE_2M | CAPTURE_DEPOSIT },
  { vpn: 0x7_ffff_fff0, pages: 3, pfn: 0x2345, flags: present },
];

/**
 * As many single pages with frames all over memory, a tenth of the addresses between them free: the largest a capture
 * of that many pages can be. The same on every machine.
 */
export function scatteredRuns(pages: number): PageRun[] {
  const rng = createRng(pages);
  let vpn = 0x400;
  return Array.from({ length: pages }, () => {
    vpn += rng.next(10) === 0 ? 2 : 1;
    return { vpn, pages: 1, pfn: rng.next(2 ** 21), flags: present };
  });
}
