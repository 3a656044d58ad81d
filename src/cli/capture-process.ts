import { open } from 'node:fs/promises';
import type { CaptureFile } from '../formats/capture-schema.ts';
import { parseStatus } from '../formats/proc-status.ts';
import { assemble, tablesToFind } from './capture-work.ts';
import type { Work } from './capture-work.ts';
import { openFrameFlags } from './frame-flags.ts';
import { scanRange, scanVma } from './pagemap-scan.ts';
import type { Scan, VmaScan } from './pagemap-scan.ts';
import { readProcFiles, readProcText } from './proc-files.ts';
import { CommandError } from './say.ts';

/** For how long to look where smaps counts nothing, while VmPTE says that some table is still to be found. */
const searchMs = 10_000;

/** How often to start again when the process changed meanwhile, and how long reading may take for that. */
const attempts = 3;
const againMs = 1000;

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

/** What changed since the text files were read. Throws CommandError when the process has ended meanwhile. */
function changes({ pid, files }: Work): string[] {
  const maps = readProcText(pid, 'maps');
  if (maps === '')
    throw new CommandError(`Process ${String(pid)} ended while it was being read. Nothing was written.`);
  const { vmPteKb } = parseStatus(readProcText(pid, 'status'));
  if (maps === files.maps && vmPteKb === files.status.vmPteKb) return [];
  const what = maps === files.maps ? 'page tables' : 'mappings';
  return [`The ${what} of the process changed while it was read: this is not one moment.`];
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

interface Attempt {
  readonly capture: CaptureFile;
  /** Whether the process held still. */
  readonly steady: boolean;
}

async function captureOnce(pid: number): Promise<Attempt> {
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
    const changed = changes(work);
    return { capture: assemble(work, [...more, ...changed]), steady: changed.length === 0 };
  } finally {
    frameFlags.close();
    await handle.close();
  }
}

/**
 * Reads a process of this machine (Linux, x86-64) into a capture, a few times if it changes meanwhile. Says on stderr
 * how far it is when that takes more than a second. Throws CommandError when the process is not there, not ours to
 * read, or ends meanwhile.
 */
export async function captureProcess(pid: number): Promise<CaptureFile> {
  for (let attempt = 1; ; attempt++) {
    const startMs = performance.now();
    const { capture, steady } = await captureOnce(pid);
    if (steady || attempt === attempts || performance.now() - startMs > againMs) return capture;
  }
}
