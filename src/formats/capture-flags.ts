import type { ImageVma } from './process-image.ts';
import * as flag from './image-flags.ts';

/** Flags of a page run in a capture file, version 1: what /proc said, nothing inferred. */
export const CAPTURE_PRESENT = 1;
export const CAPTURE_SWAP = 2;
export const CAPTURE_FILE = 4;
export const CAPTURE_EXCLUSIVE = 8;
export const CAPTURE_SOFT_DIRTY = 16;
export const CAPTURE_UFFD_WP = 32;
export const CAPTURE_GUARD = 64;
/** The page of zeros, or the huge one. */
export const CAPTURE_ZERO = 128;
/** The run is made of 2 MiB leaves, or of 1 GiB ones. */
export const CAPTURE_2M = 256;
export const CAPTURE_1G = 512;
/** Its large leaves are of the hugetlb pool. */
export const CAPTURE_HUGETLB = 1024;
/** A PTE table is deposited behind each of its large leaves. */
export const CAPTURE_DEPOSIT = 2048;
export const CAPTURE_ALL = 4095;

const same: readonly (readonly [number, number])[] = [
  [CAPTURE_FILE, flag.IMAGE_FILE],
  [CAPTURE_EXCLUSIVE, flag.IMAGE_EXCLUSIVE],
  [CAPTURE_SOFT_DIRTY, flag.IMAGE_SOFT_DIRTY],
  [CAPTURE_UFFD_WP, flag.IMAGE_UFFD_WP],
  [CAPTURE_GUARD, flag.IMAGE_GUARD],
  [CAPTURE_ZERO, flag.IMAGE_ZERO],
  [CAPTURE_2M | CAPTURE_1G, flag.IMAGE_LEAF],
  [CAPTURE_HUGETLB, flag.IMAGE_HUGETLB],
  [CAPTURE_DEPOSIT, flag.IMAGE_DEPOSIT],
];

/** A page that nobody else shares can be written where its mapping may be; one that may be copied first cannot. */
function isWritable(bits: number, { perms }: ImageVma): boolean {
  if (!perms.includes('w') || (bits & (CAPTURE_ZERO | CAPTURE_UFFD_WP)) !== 0) return false;
  return perms.endsWith('s') || (bits & (CAPTURE_FILE | CAPTURE_EXCLUSIVE)) === CAPTURE_EXCLUSIVE;
}

/** P and W, or for a page that no access may use, the two bits of PROT_NONE. */
function presence(bits: number, vma: ImageVma): number {
  if ((bits & CAPTURE_PRESENT) === 0) return flag.IMAGE_SWAP;
  if (vma.perms.startsWith('---')) return flag.IMAGE_SWAP | flag.IMAGE_NONE;
  return flag.IMAGE_P | (isWritable(bits, vma) ? flag.IMAGE_W : 0);
}

/**
 * The flags of a page in a process image. W, NX and PROT_NONE are inferred from the mapping: /proc does not show
 * them page by page. A, D and G stay off.
 */
export function captureFlags(bits: number, vma: ImageVma): number {
  let flags = presence(bits, vma) | flag.IMAGE_U | (vma.perms.includes('x') ? 0 : flag.IMAGE_NX);
  for (const [from, to] of same) if ((bits & from) !== 0) flags |= to;
  return flags;
}
