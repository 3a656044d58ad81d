import { describe, expect, it } from 'vitest';
import * as capture from './capture-flags.ts';
import type { PageRun } from './capture-runs.ts';
import { markHugePages } from './huge-choice.ts';
import type { FrameFlags } from './huge-choice.ts';
import type { SmapsBlock } from './proc-smaps.ts';

const P = capture.CAPTURE_PRESENT;
const huge = capture.CAPTURE_2M | capture.CAPTURE_DEPOSIT;
const noFrameFlags: FrameFlags = () => null;

function block(counts: Partial<SmapsBlock> = {}): SmapsBlock {
  const line = { start: 0n, end: 1n << 40n, perms: 'rw-p', offset: 0n, device: '00:00', inode: 0, name: '' };
  const none = { rssKb: 0, swapKb: 0, anonHugeKb: 0, shmemHugeKb: 0, fileHugeKb: 0, hugetlbKb: 0 };
  return { line, ...none, kernelPageKb: 4, flags: [], ...counts };
}

/** [first page, pages, first frame, flags if not just present] */
function run(...[vpn, pages, pfn, flags = P]: [number, number, number, number?]): PageRun {
  return { vpn, pages, pfn, flags };
}

/** Frames of whole 2 MiB folios: a head, then tails. */
const wholeFolios: FrameFlags = (pfn) => (pfn % 512 === 0 ? 1 << 15 : 1 << 16);

describe('huge pages among runs of small ones', () => {
  it('marks what smaps counts, where address and frames are aligned and follow on', () => {
    const { runs, doubts } = markHugePages([run(500, 1100, 1012)], block({ anonHugeKb: 4096 }), noFrameFlags);
    expect(runs).toEqual([run(500, 12, 1012), run(512, 1024, 1024, P | huge), run(1536, 64, 2048)]);
    expect(doubts).toEqual([]);
  });

  it('marks none where frames are not aligned as the addresses are', () => {
    const { runs, doubts } = markHugePages([run(512, 512, 1025)], block({ anonHugeKb: 2048 }), noFrameFlags);
    expect(runs).toEqual([run(512, 512, 1025)]);
    expect(doubts.join()).toContain('0 were found');
  });

  it('marks by shape alone when there are no frame numbers', () => {
    const { runs } = markHugePages([run(0, 600, -1)], block({ anonHugeKb: 2048 }), noFrameFlags);
    expect(runs).toEqual([run(0, 512, -1, P | huge), run(512, 88, -1)]);
  });

  it('joins pages that differ in the exclusive bit only: a leaf has one set of bits', () => {
    const X = capture.CAPTURE_EXCLUSIVE;
    const { runs } = markHugePages(
      [run(0, 100, 0, P | X), run(100, 412, 100)],
      block({ anonHugeKb: 2048 }),
      noFrameFlags,
    );
    expect(runs).toEqual([run(0, 512, 0, P | huge)]);
  });

  it('deposits no table behind huge pages of files and shared memory', () => {
    const { runs } = markHugePages([run(0, 512, 0)], block({ shmemHugeKb: 2048 }), noFrameFlags);
    expect(runs).toEqual([run(0, 512, 0, P | capture.CAPTURE_2M)]);
  });

  it('prefers whole folios, and doubts when more places are possible than there are huge pages', () => {
    const looksWhole: FrameFlags = (pfn) => (pfn < 1024 ? (1 << 15) | (1 << 16) : 0);
    const runs = [run(0, 512, 1024), run(512, 512, 512)];
    const choice = markHugePages(runs, block({ anonHugeKb: 2048 }), looksWhole);
    expect(choice.runs).toEqual([run(0, 512, 1024), run(512, 512, 512, P | huge)]);
    expect(choice.doubts.join()).toContain('Which 1 of 2');
  });

  it('leaves pages small that smaps does not count, though they are one whole folio', () => {
    const { runs, doubts } = markHugePages([run(0, 512, 512)], block(), wholeFolios);
    expect([runs, doubts]).toEqual([[run(0, 512, 512)], []]);
  });

  it('finds the huge page of zeros by its frame: smaps does not count it', () => {
    const zero: FrameFlags = () => 1 << 24;
    const { runs } = markHugePages([run(0, 512, 512), run(512, 512, 512)], block(), zero);
    const flags = P | huge | capture.CAPTURE_ZERO;
    expect(runs).toEqual([run(0, 512, 512, flags), run(512, 512, 512, flags)]);
  });

  it.each([
    [2048, capture.CAPTURE_2M, 512],
    [1048576, capture.CAPTURE_1G, 2 ** 18],
  ])('makes every page of a hugetlb mapping of %i KiB pages one leaf', (kernelPageKb, flag, pages) => {
    const { runs } = markHugePages([run(pages, pages, 0)], block({ kernelPageKb }), noFrameFlags);
    expect(runs).toEqual([run(pages, pages, 0, P | flag | capture.CAPTURE_HUGETLB)]);
  });
});
