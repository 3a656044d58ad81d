import { at } from '../lib/at.ts';
import { CAPTURE_PRESENT } from './capture-flags.ts';

/** A run of pages as /proc showed it: neighbours in virtual and in physical memory, flags alike. */
export interface PageRun {
  /** First virtual page number. */
  readonly vpn: number;
  /** Pages of 4 KiB. */
  readonly pages: number;
  /** First frame; -1 when unknown or when there is no page. */
  readonly pfn: number;
  /** `CAPTURE_…` flags. */
  readonly flags: number;
}

/** The runs in the flat form of the file. They must be ascending; all present ones have frames, or none has. */
export function encodeRuns(runs: Iterable<PageRun>): number[] {
  const flat: number[] = [];
  let vpn = 0;
  let pfn = 0;
  for (const run of runs) {
    flat.push(run.vpn - vpn, run.pages, run.pfn < 0 ? 0 : run.pfn - pfn, run.flags);
    vpn = run.vpn + run.pages;
    if (run.pfn >= 0) pfn = run.pfn + run.pages;
  }
  return flat;
}

/** Gives every run of the flat form to `visit`, in order. `withFrames` is the file's `pfn`. */
export function decodeRuns(
  flat: readonly number[],
  withFrames: boolean,
  visit: (run: PageRun) => void,
): void {
  let vpn = 0;
  let nextPfn = 0;
  for (let i = 0; i < flat.length; i += 4) {
    const pages = at(flat, i + 1);
    const flags = at(flat, i + 3);
    const hasFrame = withFrames && (flags & CAPTURE_PRESENT) !== 0;
    const pfn = hasFrame ? nextPfn + at(flat, i + 2) : -1;
    vpn += at(flat, i);
    visit({ vpn, pages, pfn, flags });
    vpn += pages;
    if (hasFrame) nextPfn = pfn + pages;
  }
}
