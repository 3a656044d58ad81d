import { at } from '../lib/at.ts';
import { geometries } from '../machine/geometry.ts';
import { CAPTURE_1G, CAPTURE_2M, captureFlags } from './capture-flags.ts';
import { decodeRuns } from './capture-runs.ts';
import type { PageRun } from './capture-runs.ts';
import type { CaptureFile } from './capture-schema.ts';
import { damaged } from './file-error.ts';
import type { ImageTable, ImageVma, ProcessImage } from './process-image.ts';
import { addLeaves, createTableBuilder, finishTables } from './table-builder.ts';
import type { TableBuilder } from './table-builder.ts';

/** How much a capture may hold before it is taken for nonsense. */
export interface CaptureLimits {
  /** Entries that map pages. */
  readonly entries: number;
  readonly tables: number;
}

/** For a page: 64 GiB in small pages, and 4 GiB of page tables. */
export const pageLimits: CaptureLimits = { entries: 2 ** 24, tables: 2 ** 20 };
const maxPfn = 2 ** 40;

function toVma(vma: CaptureFile['vmas'][number]): ImageVma {
  return {
    ...vma,
    start: BigInt(`0x${vma.start}`),
    end: BigInt(`0x${vma.end}`),
    offset: BigInt(`0x${vma.offset}`),
  };
}

function readVmas(file: CaptureFile, name: string): ImageVma[] {
  const vmas = file.vmas.map(toVma);
  let end = 0n;
  for (const vma of vmas) {
    if (vma.start < end || vma.end <= vma.start)
      throw damaged(name, 'its mappings overlap or are out of order');
    end = vma.end;
  }
  return vmas;
}

/** Level from the top, and 4 KiB pages of a leaf, for a run's flags. */
function leafOf(flags: number, bottom: number): { readonly level: number; readonly unit: number } {
  if ((flags & CAPTURE_1G) !== 0) return { level: bottom - 2, unit: 2 ** 18 };
  return (flags & CAPTURE_2M) !== 0 ? { level: bottom - 1, unit: 512 } : { level: bottom, unit: 1 };
}

/** Feeds runs to a table builder; keeps count of what a file may ask for. */
interface Feed {
  readonly name: string;
  readonly builder: TableBuilder;
  readonly vmas: readonly ImageVma[];
  readonly ends: Float64Array;
  readonly starts: Float64Array;
  readonly limits: CaptureLimits;
  /** The mapping that the last run lay in, and what its flags became there. */
  vma: number;
  bits: number;
  flags: number;
  entries: number;
}

function checkSize(feed: Feed, run: PageRun, unit: number): void {
  feed.entries += run.pages / unit;
  if (feed.entries > feed.limits.entries || feed.builder.nextNumber > feed.limits.tables) {
    const most = `${String(feed.limits.entries / 2 ** 18)} GiB`;
    throw damaged(feed.name, `it holds more than this program can open (${most} in small pages)`);
  }
  if (run.pfn < -1 || run.pfn + run.pages > maxPfn)
    throw damaged(feed.name, 'a frame number is out of range');
}

/** Adds one run, which has to lie in one mapping. */
function addRun(feed: Feed, run: PageRun): void {
  const { builder, vmas, starts, ends, name } = feed;
  const bottom = builder.geometry.levels.length - 1;
  const { level, unit } = leafOf(run.flags, bottom);
  checkSize(feed, run, unit);
  const before = feed.vma;
  while (feed.vma < vmas.length && at(ends, feed.vma) <= run.vpn) feed.vma++;
  const vma = vmas[feed.vma];
  if (vma === undefined || run.vpn < at(starts, feed.vma) || run.vpn + run.pages > at(ends, feed.vma)) {
    throw damaged(name, `pages at 0x${run.vpn.toString(16)}000 lie in no mapping`);
  }
  if (feed.bits !== run.flags || feed.vma !== before) {
    feed.bits = run.flags;
    feed.flags = captureFlags(run.flags, vma);
  }
  addLeaves(builder, { vpn: run.vpn, pages: run.pages, pfn: run.pfn, level, flags: feed.flags });
}

function buildTables(
  file: CaptureFile,
  vmas: readonly ImageVma[],
  { name, limits }: Pick<Feed, 'name' | 'limits'>,
): ImageTable[] {
  const builder = createTableBuilder(geometries[file.levels === 5 ? 'x86-64-5' : 'x86-64-4']);
  const starts = Float64Array.from(vmas, ({ start }) => Number(start >> 12n));
  const ends = Float64Array.from(vmas, ({ end }) => Number(end >> 12n));
  const feed: Feed = { name, builder, vmas, starts, ends, limits, vma: 0, bits: -1, flags: 0, entries: 0 };
  try {
    decodeRuns(file.runs, file.pfn, (run) => addRun(feed, run));
  } catch (error) {
    if (error instanceof RangeError) throw damaged(name, error.message);
    throw error;
  }
  return finishTables(builder);
}

/** The tables that the captured process must have, and the facts around them. Throws FileError. */
export function captureImage(file: CaptureFile, fileName: string, limits = pageLimits): ProcessImage {
  const vmas = readVmas(file, fileName);
  const { pid, comm, kernel } = file.process;
  return {
    source: 'proc',
    name: file.name,
    geometry: geometries[file.levels === 5 ? 'x86-64-5' : 'x86-64-4'],
    tables: buildTables(file, vmas, { name: fileName, limits }),
    vmas,
    nodes: file.nodes.map(({ id, ranges }) => ({
      id,
      ranges: ranges.map(([startPfn, endPfn]) => ({ startPfn, endPfn })),
    })),
    facts: { vmPteKb: file.vmPteKb, pid, comm, kernel, levelsWhy: file.levelsWhy, missing: file.missing },
    known: {
      pfn: file.pfn,
      accessedDirty: false,
      writable: false,
      tablePfn: false,
      node: file.pfn && file.nodes.length > 0,
    },
  };
}
