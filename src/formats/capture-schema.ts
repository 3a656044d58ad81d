import * as v from 'valibot';
import { CAPTURE_ALL } from './capture-flags.ts';

/** The version that `npm run capture` writes. */
export const captureVersion = 1;
export const captureFormat = 'limbo-capture';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const hex = v.pipe(v.string(), v.regex(/^[0-9a-f]{1,16}$/, 'expected hex digits'));
/** An address at the start of a page. */
const pageAddress = v.pipe(
  v.string(),
  v.regex(/^([0-9a-f]{1,13}000|0)$/, 'expected the hex address of a page'),
);

/** Four numbers a run; checked in one loop, since there may be millions. */
const runs = v.custom<readonly number[]>((value) => {
  if (!Array.isArray(value) || value.length % 4 !== 0) return false;
  for (let i = 0; i < value.length; i += 4) {
    const [gap, pages, pfnStep, flags] = [value[i], value[i + 1], value[i + 2], value[i + 3]] as unknown[];
    const integers =
      Number.isSafeInteger(gap) && Number.isSafeInteger(pages) && Number.isSafeInteger(pfnStep);
    if (!integers || !Number.isInteger(flags)) return false;
    if (
      (gap as number) < 0 ||
      (pages as number) < 1 ||
      (flags as number) < 0 ||
      (flags as number) > CAPTURE_ALL
    ) {
      return false;
    }
  }
  return true;
}, 'expected four whole numbers for each run of pages');

const vma = v.object({
  start: pageAddress,
  end: pageAddress,
  perms: v.pipe(v.string(), v.regex(/^[r-][w-][x-][ps]$/, 'expected permissions such as rw-p')),
  offset: hex,
  name: v.string(),
  kind: v.picklist(['anon', 'file', 'shared', 'heap', 'stack', 'hugetlb', 'vdso', 'vvar', 'device']),
  policy: v.nullable(v.string()),
  node: v.nullable(whole),
});

const node = v.object({ id: whole, ranges: v.array(v.tuple([whole, whole])) });

/** A capture file, version 1, as JSON holds it. */
export const captureSchema = v.object({
  format: v.literal(captureFormat),
  version: v.literal(captureVersion),
  name: v.string(),
  process: v.object({ pid: v.nullable(whole), comm: v.nullable(v.string()), kernel: v.nullable(v.string()) }),
  /** 4 or 5 levels, and how that was decided. */
  levels: v.picklist([4, 5]),
  levelsWhy: v.string(),
  /** KiB. */
  vmPteKb: v.nullable(whole),
  /** Whether the runs have frame numbers. */
  pfn: v.boolean(),
  /** What could not be read, a sentence each. */
  missing: v.array(v.string()),
  /** [first frame, frame after the last] of each range. */
  nodes: v.array(node),
  vmas: v.array(vma),
  /**
   * Flat, four numbers a run of pages: pages skipped since the run before, pages, first frame less the frame after the
   * last run that had frames, `CAPTURE_…` flags. A run without frames has 0 there and is passed over by the next step.
   */
  runs,
});

export type CaptureFile = v.InferOutput<typeof captureSchema>;
