import { parseMapsLine } from './proc-maps.ts';
import type { MapsLine } from './proc-maps.ts';

/** One mapping of /proc/PID/smaps: its line and the counts that tell of its page tables. KiB. */
export interface SmapsBlock {
  readonly line: MapsLine;
  readonly rssKb: number;
  readonly swapKb: number;
  /** Mapped by 2 MiB leaves, by what they hold. */
  readonly anonHugeKb: number;
  readonly shmemHugeKb: number;
  readonly fileHugeKb: number;
  /** Memory of the hugetlb pool; it is not in Rss. */
  readonly hugetlbKb: number;
  /** Page size of the mapping: 4, or 2048 or 1048576 for hugetlb. */
  readonly kernelPageKb: number;
  /** Two-letter words of VmFlags. */
  readonly flags: readonly string[];
}

const counter = /^(\w+): +(\d{1,15}) kB$/;

function block(line: MapsLine, kb: ReadonlyMap<string, number>, flags: readonly string[]): SmapsBlock {
  const of = (name: string): number => kb.get(name) ?? 0;
  return {
    line,
    rssKb: of('Rss'),
    swapKb: of('Swap'),
    anonHugeKb: of('AnonHugePages'),
    shmemHugeKb: of('ShmemPmdMapped'),
    fileHugeKb: of('FilePmdMapped'),
    hugetlbKb: of('Shared_Hugetlb') + of('Private_Hugetlb'),
    kernelPageKb: kb.get('KernelPageSize') ?? 4,
    flags,
  };
}

/** Parses /proc/PID/smaps; unknown lines are passed over. Documentation/filesystems/proc.rst, Linux 4.4 to 6.18. */
export function parseSmaps(text: string): SmapsBlock[] {
  const blocks: SmapsBlock[] = [];
  let line: MapsLine | null = null;
  let kb = new Map<string, number>();
  let flags: readonly string[] = [];
  const finish = (): void => {
    if (line !== null) blocks.push(block(line, kb, flags));
    kb = new Map();
    flags = [];
  };
  for (const row of text.split('\n')) {
    const count = counter.exec(row);
    if (count !== null) kb.set(count[1] ?? '', Number(count[2]));
    else if (row.startsWith('VmFlags:')) flags = row.slice(8).trim().split(' ');
    else {
      const next = parseMapsLine(row);
      if (next === null) continue;
      finish();
      line = next;
    }
  }
  finish();
  return blocks;
}

/** Blocks with nothing but their lines, for a process whose smaps cannot be read: parses /proc/PID/maps. */
export function parseMaps(text: string): SmapsBlock[] {
  const lines = text.split('\n').map(parseMapsLine);
  return lines.filter((line) => line !== null).map((line) => block(line, new Map(), []));
}
