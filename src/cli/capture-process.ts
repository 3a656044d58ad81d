import { open } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { captureImage } from '../formats/capture-image.ts';
import { makeCapture } from '../formats/capture-make.ts';
import type { CaptureFile } from '../formats/capture-schema.ts';
import { markHugePages } from '../formats/huge-choice.ts';
import { derivedKb } from '../formats/image-summary.ts';
import { findLevels } from '../formats/proc-status.ts';
import { openFrameFlags } from './frame-flags.ts';
import type { FrameFlagsFile } from './frame-flags.ts';
import { readNodes } from './node-files.ts';
import { isHidden, runsOf, scanRange, scanVma } from './pagemap-scan.ts';
import type { Scan, VmaScan } from './pagemap-scan.ts';
import { readProcFiles, readProcText } from './proc-files.ts';
import type { ProcFiles } from './proc-files.ts';
import { CommandError } from './say.ts';

/** For how long to look where smaps counts nothing, while VmPTE says that some table is still to be found. */
const searchMs = 10_000;

/** What a capture is made of, while it is made. */
interface Work {
  readonly pid: number;
  readonly files: ProcFiles;
  readonly scan: Scan;
  readonly frameFlags: FrameFlagsFile;
  readonly vmas: readonly VmaScan[];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The capture of what was found so far. */
function assemble({ pid, files, scan, frameFlags, vmas }: Work, more: readonly string[]): CaptureFile {
  const marked = vmas.map((vma) => markHugePages(runsOf(vma), vma.block, frameFlags.read));
  const nodes = readNodes();
  const missing = [...files.missing, ...marked.flatMap(({ doubts }) => doubts), ...more];
  if (!scan.sawFrames) {
    missing.push(
      'Frame numbers are not known, and so not the node of a page: pagemap shows them to root only.',
    );
  }
  if (nodes.length === 0) missing.push('Neither zoneinfo nor sysfs tells which frames a node holds.');
  const hidden = vmas
    .filter(({ block }) => isHidden(block))
    .map(({ block }) => block.line.name || 'device memory');
  if (hidden.length > 0) missing.push(`The kernel does not show the pages of ${hidden.join(', ')}.`);
  const highest = files.blocks.reduce((end, { line }) => (line.end > end ? line.end : end), 0n);
  return makeCapture({
    pid,
    comm: files.status.comm,
    kernel: `Linux ${release()}`,
    levels: findLevels(textOf('/proc/cpuinfo'), textOf('/proc/cmdline'), highest),
    vmPteKb: files.status.vmPteKb,
    pfn: scan.sawFrames,
    missing,
    nodes,
    blocks: files.blocks,
    numa: files.numa,
    runs: marked.flatMap(({ runs }) => runs),
  });
}

/** Tables that VmPTE counts and that were not found so far. */
function tablesToFind(work: Work): number {
  const { vmPteKb } = work.files.status;
  if (vmPteKb === null) return Infinity;
  return (vmPteKb - derivedKb(captureImage(assemble(work, []), 'the capture'))) / 4;
}

/** Looks where smaps counts nothing (pages of zeros, guard markers), as long as tables are missing and time is left. */
async function searchLeft(work: Work): Promise<string[]> {
  const untilMs = performance.now() + searchMs;
  const parts = work.vmas.flatMap((vma) => (vma.left === null ? [] : [{ vma, range: vma.left }]));
  const pages = ({ range }: (typeof parts)[number]): number => range.endVpn - range.startVpn;
  parts.sort((a, b) => pages(a) - pages(b));
  let toFind = parts.length > 0 ? tablesToFind(work) : 0;
  for (const { vma, range } of parts) {
    if (toFind <= 0) return [];
    const found = vma.runs.length;
    const end = await scanRange(work.scan, { vma, range, isEnough: () => performance.now() > untilMs });
    if (end < range.endVpn) {
      return [
        'Not all of the largest mappings was read: it took too long. Pages of zeros in them may be missing.',
      ];
    }
    if (vma.runs.length > found) toFind = tablesToFind(work);
  }
  return [];
}

/** Whether the mappings are as they were. Throws CommandError when the process has ended meanwhile. */
function changes({ pid, files }: Work): string[] {
  const maps = readProcText(pid, 'maps');
  if (maps === '')
    throw new CommandError(`Process ${String(pid)} ended while it was being read. Nothing was written.`);
  return maps === files.maps
    ? []
    : ['The mappings of the process changed while it was read: this is not one moment.'];
}

async function openPagemap(pid: number): ReturnType<typeof open> {
  try {
    return await open(`/proc/${String(pid)}/pagemap`, 'r');
  } catch (error) {
    const reason = (error as Error).message;
    throw new CommandError(
      `The pages of process ${String(pid)} cannot be read (${reason}). Run this as its user, or as root.`,
    );
  }
}

/**
 * Reads a process of this machine (Linux, x86-64) into a capture. Says on stderr how far it is when that takes more
 * than a second. Throws CommandError when the process is not there, not ours to read, or ends meanwhile.
 */
export async function captureProcess(pid: number): Promise<CaptureFile> {
  const files = readProcFiles(pid);
  const handle = await openPagemap(pid);
  const frameFlags = openFrameFlags();
  try {
    const { hasSmaps, blocks } = files;
    const scan: Scan = {
      handle,
      hasSmaps,
      sawFrames: false,
      pagesRead: 0,
      sayAtMs: performance.now() + 1000,
    };
    const vmas: VmaScan[] = [];
    for (const block of blocks) vmas.push(await scanVma(scan, block));
    const work: Work = { pid, files, scan, frameFlags, vmas };
    const more = await searchLeft(work);
    return assemble(work, [...more, ...changes(work)]);
  } finally {
    frameFlags.close();
    await handle.close();
  }
}
