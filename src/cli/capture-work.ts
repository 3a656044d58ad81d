import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { captureImage } from '../formats/capture-image.ts';
import type { CaptureLimits } from '../formats/capture-image.ts';
import { makeCapture } from '../formats/capture-make.ts';
import type { CaptureFile } from '../formats/capture-schema.ts';
import { markHugePages } from '../formats/huge-choice.ts';
import { derivedKb } from '../formats/image-summary.ts';
import { findLevels } from '../formats/proc-status.ts';
import type { FrameFlagsFile } from './frame-flags.ts';
import { readNodes } from './node-files.ts';
import { isHidden, runsOf } from './pagemap-scan.ts';
import type { Scan, VmaScan } from './pagemap-scan.ts';
import type { ProcFiles } from './proc-files.ts';

/** For summing up a process of this machine, whatever its size. */
export const machineLimits: CaptureLimits = { entries: 2 ** 30, tables: 2 ** 26 };

/** What a capture is made of, while it is made. */
export interface Work {
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
export function assemble({ pid, files, scan, frameFlags, vmas }: Work, more: readonly string[]): CaptureFile {
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
export function tablesToFind(work: Work): number {
  const { vmPteKb } = work.files.status;
  if (vmPteKb === null) return Infinity;
  return (vmPteKb - derivedKb(captureImage(assemble(work, []), 'the capture', machineLimits))) / 4;
}
