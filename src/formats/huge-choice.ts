import * as capture from './capture-flags.ts';
import type { PageRun } from './capture-runs.ts';
import { blockPages, hugeCandidates, markBlocks } from './huge-blocks.ts';
import type { HugeCandidate } from './huge-blocks.ts';
import type { SmapsBlock } from './proc-smaps.ts';

/** The low 32 flags of a frame in /proc/kpageflags, or null when they cannot be read. */
export type FrameFlags = (pfn: number) => number | null;

/** Bits of /proc/kpageflags. Documentation/admin-guide/mm/pagemap.rst. */
const compoundHead = 1 << 15;
const compoundTail = 1 << 16;
const zeroPage = 1 << 24;

/** The runs of one mapping with its large leaves marked, and what could not be told. */
export interface HugeChoice {
  readonly runs: readonly PageRun[];
  /** Sentences. */
  readonly doubts: readonly string[];
}

/** Whether the frames from this one on are a single large folio, as behind a 2 MiB leaf; true when it cannot be read. */
function isWholeFolio(frameFlags: FrameFlags, pfn: number): boolean {
  const has = (at: number, bit: number): boolean => {
    const flags = frameFlags(at);
    return flags === null || (flags & bit) !== 0;
  };
  return (
    has(pfn, compoundHead) &&
    has(pfn + blockPages / 2, compoundTail) &&
    has(pfn + blockPages - 1, compoundTail)
  );
}

/** The huge page of zeros is in no count of smaps, but is never mapped in parts. */
function isHugeZero(frameFlags: FrameFlags, { pfn }: HugeCandidate): boolean {
  return pfn >= 0 && ((frameFlags(pfn) ?? 0) & zeroPage) !== 0;
}

/** As many of the candidates as smaps counts, those that are whole folios first, else from the lowest address. */
function pick(candidates: readonly HugeCandidate[], wanted: number, frameFlags: FrameFlags): HugeCandidate[] {
  if (candidates.length <= wanted) return [...candidates];
  const whole = candidates.filter(({ pfn }) => pfn < 0 || isWholeFolio(frameFlags, pfn));
  const others = candidates.filter((candidate) => !whole.includes(candidate));
  return [...whole, ...others].slice(0, wanted);
}

function doubt({ line }: SmapsBlock, wanted: number, found: number): string[] {
  const where = `mapping 0x${line.start.toString(16)}`;
  if (found < wanted) {
    return [`Of ${String(wanted)} huge pages that smaps counts in ${where}, ${String(found)} were found.`];
  }
  return [
    `Which ${String(wanted)} of ${String(found)} possible places in ${where} hold its huge pages is not told.`,
  ];
}

/** Marks the transparent huge pages of a mapping: smaps tells how many, their shape tells where. */
function markTransparent(runs: readonly PageRun[], block: SmapsBlock, frameFlags: FrameFlags): HugeChoice {
  const wanted = Math.round((block.anonHugeKb + block.shmemHugeKb + block.fileHugeKb) / 2048);
  const all = hugeCandidates(runs);
  const zeros = all.filter((candidate) => isHugeZero(frameFlags, candidate));
  const candidates = zeros.length === 0 ? all : all.filter((candidate) => !zeros.includes(candidate));
  const deposit = block.anonHugeKb > 0 ? capture.CAPTURE_DEPOSIT : 0;
  const zeroFlags = capture.CAPTURE_2M | capture.CAPTURE_DEPOSIT | capture.CAPTURE_ZERO;
  const blocks = new Map(zeros.map(({ vpn }) => [vpn, zeroFlags]));
  const picked = pick(candidates, wanted, frameFlags);
  for (const { vpn } of picked) blocks.set(vpn, capture.CAPTURE_2M | deposit);
  const sure = picked.length === wanted && (wanted === 0 || candidates.length === wanted);
  return { runs: markBlocks(runs, blocks), doubts: sure ? [] : doubt(block, wanted, candidates.length) };
}

/** Marks all pages of a hugetlb mapping: each is one large leaf, of the mapping's page size. */
function markHugetlb(runs: readonly PageRun[], { kernelPageKb, line }: SmapsBlock): HugeChoice {
  const unit = kernelPageKb / 4;
  const large = unit === 2 ** 18 ? capture.CAPTURE_1G : capture.CAPTURE_2M;
  const aligned = runs.filter(({ vpn, pages }) => vpn % unit === 0 && pages % unit === 0);
  const flags = large | capture.CAPTURE_HUGETLB;
  const lost = runs.length - aligned.length;
  return {
    runs: aligned.map((run) => ({ ...run, flags: run.flags | flags })),
    doubts:
      lost === 0
        ? []
        : [
            `${String(lost)} runs of hugetlb pages at 0x${line.start.toString(16)} were torn and are left out.`,
          ],
  };
}

/** Finds out which pages of one mapping are mapped by leaves above the bottom level. */
export function markHugePages(
  runs: readonly PageRun[],
  block: SmapsBlock,
  frameFlags: FrameFlags,
): HugeChoice {
  return block.kernelPageKb > 4 ? markHugetlb(runs, block) : markTransparent(runs, block, frameFlags);
}
