import type { Design } from '../kernel/design.ts';
import type { Repair } from './repaired.ts';

/**
 * The 2008 idea made right: tables are copied and replaced, and one flush at the end of the relocation makes the old copies
 * unreachable. What differs from 2008-05-09; found by searching, failing, adding one rule, searching again (`ladder/`).
 */
export const LIMBO_REPAIRED_CHOICES = {
  adBits: 'at-free',
  adFreeMerge: 'every-entry',
  clearing: 'copies-too',
  linkShape: 'chain',
  linkLevels: 'with-leaf',
  freeMergeLock: 'page-table-lock',
  unlinkOnFree: 'under-lock',
  faultSleep: 'rewalk',
  nestedLock: 'drop-both',
  nodeTest: 'pointee',
  onNoMemory: 'finish',
  sharedTables: 'all-parents',
  flushLoads: 'mm-pgd',
  flushBy: 'relocation',
} as const satisfies Partial<Design>;

/** Why each change is there but the last: without it the search finds this. A test puts each back and searches again. */
export const LIMBO_REPAIRS: readonly Repair[] = [
  {
    choice: 'adBits',
    forcedBy: { scenario: 'mremap-reclaim', property: 'no-lost-dirty' },
    why: 'Delimbo takes D out of an entry to merge it; reclaim, which holds only the ptl, finds the entry clean meanwhile.',
  },
  {
    choice: 'adFreeMerge',
    forcedBy: { scenario: 'two-dirty', property: 'no-lost-dirty' },
    why: 'Freeing merges the first entry again and again; D of the second is freed with the old table.',
  },
  {
    choice: 'clearing',
    forcedBy: { scenario: 'write-reclaim', property: 'no-lost-dirty' },
    why: 'A CPU sets D in the copy in limbo; reclaim clears only the current entry, finds it clean, and drops the page.',
  },
  {
    choice: 'linkShape',
    forcedBy: { scenario: 'twice-reclaim', property: 'no-lost-dirty' },
    why: 'The second move of a table overwrites its link, so that nobody finds the first copy, and D stays there.',
  },
  {
    choice: 'linkLevels',
    forcedBy: { scenario: 'huge', property: 'no-lost-dirty' },
    why: 'A CPU sets D of a huge page in the PMD table in limbo, which nobody looks into before it is freed.',
  },
  {
    choice: 'freeMergeLock',
    forcedBy: { scenario: 'munmap', property: 'no-use-after-free' },
    why: 'The relocation reads the link, munmap takes the new table out of the tree and frees it, the relocation locks its ptl.',
  },
  {
    choice: 'unlinkOnFree',
    forcedBy: { scenario: 'munmap', property: 'no-use-after-free' },
    why: 'The table that munmap freed is still linked, and the relocation, whatever it holds, follows the link.',
  },
  {
    choice: 'flushLoads',
    forcedBy: { scenario: 'top-munmap', property: 'no-use-after-free' },
    why: 'munmap clears the entry of the new PGD only; a CPU that its flush leaves on the old PGD walks to the table that is freed.',
  },
  {
    choice: 'faultSleep',
    forcedBy: { scenario: 'sleeping-fault', property: 'no-use-after-free' },
    why: 'While a fault sleeps its CPU is quiescent, so the PMD table that it points to is freed.',
  },
  {
    choice: 'nestedLock',
    forcedBy: { scenario: 'mremap', property: 'no-deadlock' },
    why: 'mremap holds the old ptl and asks for page_table_lock; the relocation holds that and asks for the ptl.',
  },
  {
    choice: 'nodeTest',
    forcedBy: { scenario: 'tree3', property: 'completeness' },
    why: 'A table below one that has just moved is asked about by its parent’s new node, and stays.',
  },
  {
    choice: 'onNoMemory',
    forcedBy: { scenario: 'no-memory', property: 'no-leak' },
    why: 'Tables that were replaced before the frames ran out are never freed.',
  },
  {
    choice: 'sharedTables',
    forcedBy: { scenario: 'shared-pmd', property: 'no-use-after-free' },
    why: 'The second process’s entry still leads to the PMD table that was freed.',
  },
];
