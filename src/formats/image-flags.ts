/**
 * Flags of an entry in a `ProcessImage`. The low six are those of the engine's entries, bit for bit; an entry has at
 * least one of P and SWAP, since an empty entry is not kept.
 */
export const IMAGE_P = 1;
export const IMAGE_W = 2;
export const IMAGE_A = 4;
export const IMAGE_D = 8;
/** Maps memory above the bottom level (2 MiB, 4 MiB or 1 GiB). */
export const IMAGE_LEAF = 1 << 4;
/** Not present, yet not empty: swap, migration, a marker, or (with NONE) PROT_NONE. */
export const IMAGE_SWAP = 1 << 5;
/** With SWAP: a page is mapped, but no access may use it (PROT_NONE). Its `target` is the page's frame. */
export const IMAGE_NONE = 1 << 6;
export const IMAGE_U = 1 << 7;
export const IMAGE_NX = 1 << 8;
export const IMAGE_G = 1 << 9;
export const IMAGE_PWT = 1 << 10;
export const IMAGE_PCD = 1 << 11;
export const IMAGE_PAT = 1 << 12;

/** What only /proc tells. Pagemap bits 55, 56, 57, 58 and 61 (Documentation/admin-guide/mm/pagemap.rst, Linux 6.18). */
export const IMAGE_SOFT_DIRTY = 1 << 13;
/** The page is mapped in this process only. */
export const IMAGE_EXCLUSIVE = 1 << 14;
export const IMAGE_UFFD_WP = 1 << 15;
/** With SWAP: a guard region marker, no page (MADV_GUARD_INSTALL). */
export const IMAGE_GUARD = 1 << 16;
/** A page of a file, or shared memory. */
export const IMAGE_FILE = 1 << 17;
/** A large leaf of the hugetlb pool. A large leaf without it is transparent. */
export const IMAGE_HUGETLB = 1 << 18;
/** The kernel's page, or huge page, of zeros. */
export const IMAGE_ZERO = 1 << 19;
/** With LEAF: a PTE table is deposited behind this transparent huge page, for the day it is split. */
export const IMAGE_DEPOSIT = 1 << 20;
