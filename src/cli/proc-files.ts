import { readFileSync } from 'node:fs';
import { parseNumaLine } from '../formats/proc-numa-maps.ts';
import type { NumaLine } from '../formats/proc-numa-maps.ts';
import { parseMaps, parseSmaps } from '../formats/proc-smaps.ts';
import type { SmapsBlock } from '../formats/proc-smaps.ts';
import { parseStatus } from '../formats/proc-status.ts';
import type { ProcessStatus } from '../formats/proc-status.ts';
import { CommandError } from './say.ts';

/** The text files of /proc/PID that a capture reads, parsed. */
export interface ProcFiles {
  readonly status: ProcessStatus;
  /** /proc/PID/maps as it was, to see later whether it changed. */
  readonly maps: string;
  /** The user's mappings. */
  readonly blocks: readonly SmapsBlock[];
  /** Whether `blocks` have counts. */
  readonly hasSmaps: boolean;
  readonly numa: readonly NumaLine[];
  /** Sentences: what could not be read, and what it would have told. */
  readonly missing: readonly string[];
}

/** First address of the kernel's half with 5 levels; with 4 nothing of a process lies between 2^47 and here. */
const userEnd = 1n << 56n;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/** The text of /proc/PID/`file`. Throws CommandError in words when the process is gone or not ours to read. */
export function readProcText(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ESRCH')
      throw new CommandError(`There is no process ${String(pid)} (any more).`);
    const how = 'Run this as the user of that process, or as root.';
    throw new CommandError(`/proc/${String(pid)}/${file} cannot be read (${code}). ${how}`);
  }
}

/** The text, or null and a sentence in `missing` when it cannot be read. */
function readOptional(
  pid: number,
  file: string,
  lost: { readonly what: string; readonly missing: string[] },
): string | null {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch (error) {
    lost.missing.push(`/proc/PID/${file} could not be read (${codeOf(error)}): ${lost.what}.`);
    return null;
  }
}

/** Reads the text files. Throws CommandError when there is no such process, or it has no memory of its own. */
export function readProcFiles(pid: number): ProcFiles {
  const missing: string[] = [];
  const status = parseStatus(readProcText(pid, 'status'));
  const maps = readProcText(pid, 'maps');
  if (maps === '') {
    throw new CommandError(
      `Process ${String(pid)} has no memory of its own: it is a kernel thread, or has ended.`,
    );
  }
  const smaps = readOptional(pid, 'smaps', { what: 'huge pages are not known', missing });
  const numa = readOptional(pid, 'numa_maps', { what: 'memory policies are not known', missing });
  if (status.vmPteKb === null) missing.push('/proc/PID/status does not give VmPTE.');
  const blocks = smaps === null ? parseMaps(maps) : parseSmaps(smaps);
  return {
    status,
    maps,
    blocks: blocks.filter(({ line }) => line.end <= userEnd),
    hasSmaps: smaps !== null,
    numa: (numa ?? '')
      .split('\n')
      .map(parseNumaLine)
      .filter((line) => line !== null),
    missing,
  };
}
