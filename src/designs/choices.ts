import type { Choice, Design } from '../kernel/design.ts';

/** The values of each choice, and what each does, in a few words. The order is the order of display. */
export const CHOICES: {
  readonly [C in Choice]: { readonly about: string; readonly values: { readonly [V in Design[C]]: string } };
} = {
  marking: {
    about: 'How threads learn that a relocation is under way',
    values: {
      none: 'always walk again',
      flag: 'a flag, NEED_REWALK',
      count: 'a nesting count under page_table_lock',
    },
  },
  serialise: {
    about: 'Whether two relocations of one process exclude each other',
    values: {
      none: 'they do not',
      mutex: 'a mutex until leave',
      'mutex-until-rcu': 'a mutex that the RCU callback releases',
    },
  },
  rewalkLock: {
    about: 'What delimbo holds while it walks again',
    values: { none: 'nothing', 'page-table-lock': 'page_table_lock' },
  },
  irqs: {
    about: 'Interrupts of the relocating CPU, around page_table_lock',
    values: { off: 'off', on: 'on' },
  },
  freeing: {
    about: 'When an old table is freed',
    values: {
      'rcu-per-table': 'call_rcu at once, for each table',
      'rcu-after-flush': 'call_rcu for the whole list, after the flush',
      'synchronize-rcu': 'after the flush and synchronize_rcu, by the relocating thread',
    },
  },
  adBits: {
    about: 'When A and D bits set in an old table are carried over',
    values: { none: 'never', 'at-free': 'before it is freed', 'at-delimbo-and-free': 'by delimbo too' },
  },
  adSource: {
    about: 'Where delimbo takes those bits from',
    values: { current: 'the current table', old: 'the old table' },
  },
  adFreeMerge: {
    about: 'Which entries are merged before the old table is freed',
    values: { 'first-entry': 'the first, again and again', 'every-entry': 'every one' },
  },
  adMergeCheck: {
    about: 'What the merged bits go into',
    values: { blind: 'whatever entry is there', 'same-pfn': 'only a present entry with the same pfn' },
  },
  mergeLock: {
    about: 'What delimbo holds while it merges',
    values: { 'page-table-lock': 'page_table_lock only', ptl: 'the current table’s ptl as well' },
  },
  linkShape: {
    about: 'How a table and its copy in limbo know of each other',
    values: {
      'both-ways': 'one link each, which a second move overwrites',
      chain: 'the heir and the copy behind, kept apart',
    },
  },
  linkLevels: {
    about: 'Which tables are linked to their copies in limbo',
    values: {
      pte: 'PTE tables',
      'with-leaf': 'and every table above them in which an entry maps a huge page',
    },
  },
  clearing: {
    about: 'Where a thread clears an entry, or takes W from it',
    values: {
      current: 'in the current table',
      'copies-too': 'in its copies in limbo too, and takes their D',
    },
  },
  freeMergeLock: {
    about: 'What is held when an old table’s link is read and its bits are merged before it is freed',
    values: {
      ptl: 'the new table’s ptl, after the link was read',
      'page-table-lock': 'page_table_lock as well',
    },
  },
  unlinkOnFree: {
    about: 'Whether munmap unlinks a table that it frees',
    values: {
      no: 'it stays linked',
      yes: 'the link is dropped before the free',
      'under-lock': 'the link is dropped with the parent entry',
    },
  },
  freeTableLock: {
    about: 'What munmap holds when it clears a parent entry',
    values: { 'page-table-lock': 'page_table_lock', none: 'nothing (Linux 2.6.25)' },
  },
  switchMm: {
    about: 'Whether the relocating thread leaves the process',
    values: { no: 'it stays', yes: 'it switches to init_mm for the time' },
  },
  switchOrder: {
    about: 'When switch_mm clears the CPU’s bit of the old process',
    values: { 'clear-first': 'before it loads CR3 (2.6.25)', 'clear-last': 'after it loads CR3 (2011)' },
  },
  emptyUpper: {
    about: 'An upper entry that was there and is empty on a second read',
    values: { trust: 'is followed all the same', 'look-again': 'makes the walker start again' },
  },
  nodeTest: {
    about: 'Which frame’s node decides whether a table moves',
    values: { holder: 'the frame that holds the entry', pointee: 'the frame it points to' },
  },
  pageSizeCheck: {
    about: 'A table that is not one page',
    values: { no: 'is moved all the same', yes: 'is left where it is' },
  },
  reload: {
    about: 'Whether the architecture can move the PGD',
    values: { no: 'the PGD stays', yes: 'CPUs reload CR3' },
  },
  onNoMemory: {
    about: 'When no frame is left',
    values: { leave: 'leave at once, without flush or free', finish: 'flush and free what was done' },
  },
  flushBy: {
    about: 'Who flushes when NEED_FLUSH or NEED_RELOAD is set',
    values: { anyone: 'whoever finds it, a fault too', relocation: 'the relocation, once, at its end' },
  },
  flushLoads: {
    about: 'What a flush of the whole process loads into CR3',
    values: {
      'own-cr3': 'what CR3 holds (2.6.25)',
      'mm-pgd': 'mm.pgd: every such flush is a reload',
    },
  },
  flagClear: {
    about: 'When NEED_FLUSH and NEED_RELOAD fall',
    values: {
      before: 'before the flush',
      after: 'after the flush',
      'before-and-wait': 'before it; others wait for it',
    },
  },
  faultSleep: {
    about: 'The pointers of a fault that sleeps',
    values: { keep: 'survive', rewalk: 'are walked again' },
  },
  nestedLock: {
    about: 'Delimbo while another ptl is held',
    values: {
      'outer-held': 'takes page_table_lock all the same',
      'drop-both': 'drops both and starts in lock order',
    },
  },
  sharedTables: {
    about: 'A table that several processes share',
    values: {
      ignored: 'is moved for one of them',
      skipped: 'is left where it is',
      'all-parents': 'is moved for all',
    },
  },
  order: {
    about: 'The order of copy and flush',
    values: {
      limbo: 'copy, swing, flush later',
      'invalidate-first': 'clear the entry, flush, copy, set it again',
    },
  },
  pdpteReload: {
    about: 'After invalidate-first has set a PAE PGD entry again, which CPUs hold in a register',
    values: { no: 'nothing', yes: 'a flush, which loads the registers' },
  },
  mremapFlush: {
    about: 'When mremap flushes the address that it moved a page away from',
    values: {
      'before-set': 'before the new entry is set (2.6.25)',
      'before-unlock': 'once it is set, before the locks are released (2018, eb66ae030829)',
      'after-unlock': 'after the locks are released (until then: CVE-2018-18281)',
    },
  },
  collectFlush: {
    about: 'When migrate_vma_collect flushes the entries that it cleared',
    values: {
      'before-unlock': 'before it releases the ptl (2022, 60bae7370896)',
      'after-unlock': 'after it has released the ptl (until then)',
    },
  },
  tableFreeOrder: {
    about: 'When munmap frees a table that it took out of the tree',
    values: {
      'after-flush': 'after the flush',
      'before-flush': 'before it (mmu_gather under memory pressure, until 706a1ea65e6f, 2018)',
    },
  },
  replicas: {
    about: 'Copies of the tables',
    values: { none: 'one of each', 'per-node': 'one on each node (Mitosis); a move drops or adds one' },
  },
};
