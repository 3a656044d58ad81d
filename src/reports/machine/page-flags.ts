import type { MapKind } from '../memory/map-kinds.ts';

/** Bits of a word of /proc/kpageflags (Linux, include/uapi/linux/kernel-page-flags.h); those from 32 on are in the upper half. */
const UPTODATE = 3;
const DIRTY = 4;
const LRU = 5;
const SLAB = 7;
const WRITEBACK = 8;
const BUDDY = 10;
const MMAP = 11;
const ANON = 12;
const HUGE = 17;
const HWPOISON = 19;
const NOPAGE = 20;
const OFFLINE = 23;
const PGTABLE = 26;
/** Of the upper half: RESERVED is bit 32. */
const RESERVED_HIGH = 0;

/** What is known of a frame: its flags in two halves of 32 bits, and how often it is mapped: 0, 1, or 2 for more. */
export interface FrameWord {
  readonly low: number;
  readonly high: number;
  readonly mapped: 0 | 1 | 2;
}

/**
 * The kind of a frame, from what must be asked first: since slabs lost their page flags, other bits of a slab's frame mean
 * nothing. A frame with no flag that somebody maps is in use; one that nobody maps may be in use or not: `unflagged`.
 */
export function kindOfWord({ low, high, mapped }: FrameWord): MapKind {
  const has = (...bits: readonly number[]): boolean => bits.some((bit) => ((low >>> bit) & 1) === 1);
  if (has(NOPAGE)) return 'absent';
  if (has(BUDDY)) return 'free';
  if (has(PGTABLE)) return 'table';
  if (has(SLAB)) return 'slab';
  if (((high >>> RESERVED_HIGH) & 1) === 1 || has(HWPOISON)) return 'reserved';
  if (has(HUGE)) return 'hugetlb';
  if (has(OFFLINE)) return 'offline';
  if (has(ANON)) return 'anonymous';
  if (has(LRU, MMAP, UPTODATE, DIRTY, WRITEBACK)) return 'file';
  return low === 0 && high === 0 && mapped === 0 ? 'unflagged' : 'kernel';
}

/** Kinds that compaction moves: pages of processes and files. Huge pages of hugetlbfs are left alone by it. */
export function isMovable(kind: MapKind): boolean {
  return kind === 'anonymous' || kind === 'file';
}
