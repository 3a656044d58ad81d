import type { VmaKind } from './process-image.ts';

/** One line of /proc/PID/maps (or the head line of a block of smaps), with the addresses as they came. */
export interface MapsLine {
  /** [start, end) in bytes, multiples of 4096. */
  readonly start: bigint;
  readonly end: bigint;
  readonly perms: string;
  /** Bytes. */
  readonly offset: bigint;
  /** Device "major:minor" in hex. */
  readonly device: string;
  readonly inode: number;
  readonly name: string;
}

const line =
  /^([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([r-][w-][x-][ps]) ([0-9a-f]{1,16}) ([0-9a-f]+:[0-9a-f]+) (\d{1,20}) *(.*)$/;

/** Parses one line; null when it is none of maps. */
export function parseMapsLine(text: string): MapsLine | null {
  const match = line.exec(text);
  if (match === null) return null;
  const [, start = '', end = '', perms = '', offset = '', device = '', inode = '', name = ''] = match;
  return {
    start: BigInt(`0x${start}`),
    end: BigInt(`0x${end}`),
    perms,
    offset: BigInt(`0x${offset}`),
    device,
    inode: Number(inode),
    name,
  };
}

const special: Readonly<Record<string, VmaKind>> = { '[heap]': 'heap', '[vdso]': 'vdso' };
const sharedMemory = /^(\/dev\/zero|\/SYSV|\/memfd:|\/dev\/shm\/|\[anon_shmem)/;

/** What a mapping is, from its line; `flags` are the two-letter words of VmFlags in smaps, where known. */
export function vmaKind({ name, inode, perms }: MapsLine, flags: readonly string[] = []): VmaKind {
  if (name.startsWith('[vvar')) return 'vvar';
  if (name.startsWith('[stack')) return 'stack';
  const named = special[name];
  if (named !== undefined) return named;
  if (flags.includes('ht') || name.startsWith('/anon_hugepage')) return 'hugetlb';
  if (flags.includes('pf') || flags.includes('io')) return 'device';
  if (sharedMemory.test(name)) return 'shared';
  if (inode !== 0) return 'file';
  return perms.endsWith('s') ? 'shared' : 'anon';
}
