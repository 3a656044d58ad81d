import type { Choice, Design } from '../../kernel/design.ts';

/** One rung: the design so far fails, and a rule is added. */
export interface Rung {
  /** The rule: this choice takes this value from here on. */
  readonly choice: Choice;
  readonly value: Design[Choice];
  readonly scenario: string;
  readonly property: string;
  /** What happens in the counterexample. */
  readonly why: string;
  readonly rule: string;
  /** A shortest schedule that breaks the property in the design of the rungs before: actor ids, `:move` where it is not the first. */
  readonly schedule: string;
}

/** From 2008-05-09 up to `limbo-repaired` without its last choice, `flushBy`. */
export const RUNGS: readonly Rung[] = [
  {
    choice: 'adFreeMerge',
    value: 'every-entry',
    scenario: 'two-dirty',
    property: 'no-lost-dirty',
    why: 'Both pages are written through the old table; freeing merges its first entry twice.',
    rule: 'Freeing merges every entry.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 ipi0:1 ipi0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1',
  },
  {
    choice: 'sharedTables',
    value: 'all-parents',
    scenario: 'shared-pmd',
    property: 'no-use-after-free',
    why: 'The second process still walks to the PMD table that was moved for the first, and freed.',
    rule: 'A shared table is moved for all who share it.',
    schedule:
      'cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0',
  },
  {
    choice: 'nodeTest',
    value: 'pointee',
    scenario: 'tree3',
    property: 'completeness',
    why: 'The PMD table has moved; the PTE table under it is judged by its parent’s new node, and stays.',
    rule: 'A table is asked about itself.',
    schedule:
      'cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1',
  },
  {
    choice: 'onNoMemory',
    value: 'finish',
    scenario: 'no-memory',
    property: 'no-leak',
    why: 'The second allocation fails, and the first old table is neither flushed nor freed.',
    rule: 'A relocation that fails finishes what it did.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1',
  },
  {
    choice: 'faultSleep',
    value: 'rewalk',
    scenario: 'sleeping-fault',
    property: 'no-use-after-free',
    why: 'A fault sleeps, RCU waits for it no longer, and it reads through its pointer to a freed table.',
    rule: 'Who has slept walks again.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 ipi0:1 ipi0 cpu1 cpu1 cpu0 cpu0 cpu1 cpu1 cpu1 cpu0',
  },
  {
    choice: 'nestedLock',
    value: 'drop-both',
    scenario: 'mremap',
    property: 'no-deadlock',
    why: 'mremap holds one ptl and spins for page_table_lock; the relocation holds that and spins for the ptl.',
    rule: 'Delimbo inside another ptl gives both up.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1',
  },
  {
    choice: 'clearing',
    value: 'copies-too',
    scenario: 'write-reclaim',
    property: 'no-lost-dirty',
    why: 'A CPU sets D in the copy in limbo; reclaim clears the current entry, finds it clean and drops the page.',
    rule: 'Who clears an entry clears it in the copies in limbo too, and has their D.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 ipi0:2 ipi0 cpu2 cpu2 cpu2 cpu2 ipi0:2 ipi0 cpu2 cpu2 cpu2 cpu2',
  },
  {
    choice: 'adBits',
    value: 'at-free',
    scenario: 'mremap-reclaim',
    property: 'no-lost-dirty',
    why: 'Delimbo has taken D out of the entry to put it back; reclaim comes in between and finds the page clean.',
    rule: 'Delimbo leaves the bits alone: they are merged when the old table is freed.',
    schedule:
      'cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 ipi0:2 ipi0 cpu2 cpu2 cpu2 cpu2',
  },
  {
    choice: 'linkShape',
    value: 'chain',
    scenario: 'twice-reclaim',
    property: 'no-lost-dirty',
    why: 'The second move overwrites the link: reclaim reaches the second copy, and D is in the first.',
    rule: 'Each copy stays linked to the next: a chain.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 ipi0:2 ipi0 cpu2 cpu2 cpu2 cpu2 cpu2 cpu2 ipi0:2 ipi0 cpu2 cpu2 cpu2 cpu2',
  },
  {
    choice: 'freeMergeLock',
    value: 'page-table-lock',
    scenario: 'munmap',
    property: 'no-use-after-free',
    why: 'The relocation has read the link; munmap frees the new table; the relocation locks its ptl.',
    rule: 'The link is read, and what it leads to used, under page_table_lock.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 ipi0:1 ipi0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1',
  },
  {
    choice: 'unlinkOnFree',
    value: 'under-lock',
    scenario: 'munmap',
    property: 'no-use-after-free',
    why: 'munmap has taken the table out of the tree and freed it; under page_table_lock the link still leads there.',
    rule: 'A table is unlinked in the moment in which it leaves the tree.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 ipi0:1 ipi0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1',
  },
  {
    choice: 'flushLoads',
    value: 'mm-pgd',
    scenario: 'top-munmap',
    property: 'no-use-after-free',
    why: 'munmap clears the entry of the new PGD, flushes, and frees the table; a CPU whose CR3 still holds the old PGD walks there.',
    rule: 'A flush of the whole process loads CR3 from mm.pgd: it is a reload.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu0',
  },
  {
    choice: 'linkLevels',
    value: 'with-leaf',
    scenario: 'huge',
    property: 'no-lost-dirty',
    why: 'A huge page is mapped by the PMD table that moves: D is set in the old one after the copy, and only PTE tables are linked.',
    rule: 'A table above the bottom in which a huge page is mapped is linked and merged too.',
    schedule:
      'cpu0 cpu0 cpu0 cpu0 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu0 cpu0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 ipi0:1 ipi0 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1 cpu1',
  },
];
