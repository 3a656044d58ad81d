import type { Choice, Design } from '../kernel/design.ts';

/** One change of the repaired design against the last posting, and the race that forced it. */
export interface Repair {
  readonly choice: Choice;
  /** Scenario and property of a counterexample when this one choice is put back to what it was in 2008-05-09. */
  readonly forcedBy: { readonly scenario: string; readonly property: string };
  /** What goes wrong there, in a sentence. */
  readonly why: string;
}

/** The choices that differ from 2008-05-09. Found by searching, failing, changing one, searching again. */
export const REPAIRED_CHOICES = {
  order: 'invalidate-first',
  adBits: 'none',
  emptyUpper: 'look-again',
  faultSleep: 'rewalk',
  nestedLock: 'drop-both',
  nodeTest: 'pointee',
  onNoMemory: 'finish',
  sharedTables: 'all-parents',
  pdpteReload: 'yes',
  flushLoads: 'mm-pgd',
} as const satisfies Partial<Design>;

/** Why each change is there: without it the search finds this. A test puts each back and searches again. */
export const REPAIRS: readonly Repair[] = [
  {
    choice: 'order',
    forcedBy: { scenario: 'two-dirty', property: 'no-lost-dirty' },
    why: 'A CPU sets D in the old table through a stale walk cache after its entry was copied.',
  },
  {
    choice: 'adBits',
    forcedBy: { scenario: 'munmap', property: 'no-use-after-free' },
    why: 'The relocation reads the link, munmap frees the new table, and the relocation locks that table’s ptl.',
  },
  {
    choice: 'emptyUpper',
    forcedBy: { scenario: 'fault', property: 'no-empty-dereference' },
    why: 'A fault reads the pmd entry a second time just when the relocation has cleared it.',
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
  {
    choice: 'pdpteReload',
    forcedBy: { scenario: 'pae', property: 'progress' },
    why: 'A CPU’s PDPTE register stays empty when the entry is set again: its access faults for ever, and the kernel finds nothing to do.',
  },
  {
    choice: 'flushLoads',
    forcedBy: { scenario: 'top-pte', property: 'no-lost-dirty' },
    why: 'A CPU whose CR3 still holds the old PGD walks to the PTE table that the flush was to make unreachable, and sets D after the copy.',
  },
];
