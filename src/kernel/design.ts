/** One value for each thing that a relocation design can do in more than one way. Plain data. */
export interface Design {
  readonly marking: 'none' | 'flag' | 'count';
  readonly serialise: 'none' | 'mutex' | 'mutex-until-rcu';
  readonly rewalkLock: 'none' | 'page-table-lock';
  readonly irqs: 'off' | 'on';
  readonly freeing: 'rcu-per-table' | 'rcu-after-flush' | 'synchronize-rcu';
  readonly adBits: 'none' | 'at-free' | 'at-delimbo-and-free';
  readonly adSource: 'current' | 'old';
  readonly adFreeMerge: 'first-entry' | 'every-entry';
  readonly adMergeCheck: 'blind' | 'same-pfn';
  readonly mergeLock: 'page-table-lock' | 'ptl';
  readonly linkShape: 'both-ways' | 'chain';
  /** Which tables are linked to their copies in limbo: those that may map pages. */
  readonly linkLevels: 'pte' | 'with-leaf';
  readonly clearing: 'current' | 'copies-too';
  readonly freeMergeLock: 'ptl' | 'page-table-lock';
  readonly unlinkOnFree: 'no' | 'yes' | 'under-lock';
  readonly freeTableLock: 'page-table-lock' | 'none';
  readonly switchMm: 'no' | 'yes';
  readonly switchOrder: 'clear-first' | 'clear-last';
  readonly emptyUpper: 'trust' | 'look-again';
  readonly nodeTest: 'holder' | 'pointee';
  readonly pageSizeCheck: 'no' | 'yes';
  readonly reload: 'no' | 'yes';
  readonly onNoMemory: 'leave' | 'finish';
  readonly flushBy: 'anyone' | 'relocation';
  /** What CR3 gets when the whole process is flushed: what it has, or mm.pgd, so that nobody stays on a PGD in limbo. */
  readonly flushLoads: 'own-cr3' | 'mm-pgd';
  readonly flagClear: 'before' | 'after' | 'before-and-wait';
  readonly faultSleep: 'keep' | 'rewalk';
  readonly nestedLock: 'outer-held' | 'drop-both';
  readonly sharedTables: 'ignored' | 'skipped' | 'all-parents';
  readonly order: 'limbo' | 'invalidate-first';
  readonly pdpteReload: 'no' | 'yes';
  /** When mremap flushes the old address; later kernels did it otherwise (kernel races of 2018). */
  readonly mremapFlush: 'before-set' | 'before-unlock' | 'after-unlock';
  /** When migrate_vma_collect flushes what it cleared. */
  readonly collectFlush: 'before-unlock' | 'after-unlock';
  /** When munmap frees a table that it unlinked. */
  readonly tableFreeOrder: 'after-flush' | 'before-flush';
  readonly replicas: 'none' | 'per-node';
}

export type Choice = keyof Design;
