import * as capture from './capture-flags.ts';
import type { PageRun } from './capture-runs.ts';

/** 4 KiB pages of a 2 MiB one. */
export const blockPages = 512;

/** A stretch that may be one 2 MiB leaf: aligned and full, its frames aligned and contiguous where they are known. */
export interface HugeCandidate {
  readonly vpn: number;
  /** First frame, or -1. */
  readonly pfn: number;
}

/** Runs are neighbours in this sense when a single huge page may hold both: only the exclusive bit is page by page. */
function sameStretch(a: PageRun, b: PageRun): boolean {
  const follows = a.vpn + a.pages === b.vpn && (a.pfn < 0 ? b.pfn < 0 : a.pfn + a.pages === b.pfn);
  return follows && ((a.flags ^ b.flags) & ~capture.CAPTURE_EXCLUSIVE) === 0;
}

/** Neighbouring runs of present pages joined to stretches. */
function stretches(runs: readonly PageRun[]): PageRun[] {
  const joined: PageRun[] = [];
  for (const run of runs) {
    if ((run.flags & capture.CAPTURE_PRESENT) === 0) continue;
    const last = joined.at(-1);
    if (last !== undefined && sameStretch(last, run)) {
      joined[joined.length - 1] = { ...last, pages: last.pages + run.pages };
    } else joined.push(run);
  }
  return joined;
}

/** All stretches of one mapping that may be 2 MiB leaves, ascending. */
export function hugeCandidates(runs: readonly PageRun[]): HugeCandidate[] {
  const found: HugeCandidate[] = [];
  for (const { vpn, pages, pfn } of stretches(runs)) {
    const first = Math.ceil(vpn / blockPages) * blockPages;
    if (pfn >= 0 && (pfn + first - vpn) % blockPages !== 0) continue;
    for (let at = first; at + blockPages <= vpn + pages; at += blockPages) {
      found.push({ vpn: at, pfn: pfn < 0 ? -1 : pfn + at - vpn });
    }
  }
  return found;
}

/** Cuts a run where blocks begin and end, and adds `flags` to the parts inside of blocks. */
function cut(run: PageRun, blocks: ReadonlyMap<number, number>): PageRun[] {
  const parts: PageRun[] = [];
  const end = run.vpn + run.pages;
  for (let vpn = run.vpn; vpn < end;) {
    const block = vpn - (vpn % blockPages);
    const extra = blocks.get(block) ?? 0;
    let stop = block + blockPages;
    while (stop < end && (blocks.get(stop) ?? 0) === extra) stop += blockPages;
    const pages = Math.min(stop, end) - vpn;
    const pfn = run.pfn < 0 ? -1 : run.pfn + vpn - run.vpn;
    parts.push({ vpn, pages, pfn, flags: run.flags | extra });
    vpn += pages;
  }
  return parts;
}

/** One run for the pages of a block that came as several: a leaf has one set of bits. */
function joinParts(parts: readonly PageRun[]): PageRun[] {
  const joined: PageRun[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const inside =
      last !== undefined && last.pages % blockPages !== 0 && (last.flags & capture.CAPTURE_2M) !== 0;
    if (!inside) joined.push(part);
    else
      joined[joined.length - 1] = { ...last, pages: last.pages + part.pages, flags: last.flags & part.flags };
  }
  return joined;
}

/** The runs with these blocks marked as 2 MiB leaves. `blocks`: virtual page number of each, and flags to add. */
export function markBlocks(runs: readonly PageRun[], blocks: ReadonlyMap<number, number>): PageRun[] {
  return blocks.size === 0 ? [...runs] : joinParts(runs.flatMap((run) => cut(run, blocks)));
}
