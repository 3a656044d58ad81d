export type PropertyId =
  | 'no-use-after-free'
  | 'no-lost-write'
  | 'no-lost-dirty'
  | 'no-stale-translation'
  | 'no-empty-dereference'
  | 'no-lost-accessed'
  | 'no-deadlock'
  | 'lock-order'
  | 'lock-ownership'
  | 'counts'
  | 'no-leak'
  | 'completeness'
  | 'translation-kept';

export interface Property {
  readonly id: PropertyId;
  readonly title: string;
  /** When it fails, in one sentence. */
  readonly failsWhen: string;
  /** A warning is shown, but no verdict depends on it. */
  readonly severity: 'error' | 'warning';
  /** `always`: judged after every step. `end`: when all threads are finished and all callbacks have run. */
  readonly judged: 'always' | 'end';
}

/** The property of that id; undefined for what is no property of a run: `progress`, `reached`. */
export function propertyOf(id: string): Property | undefined {
  return PROPERTIES.find((property) => property.id === id);
}

/** Whether a property fails as a warning only: no exit code and no headline depends on it. */
export function isWarning(id: string): boolean {
  return propertyOf(id)?.severity === 'warning';
}

/** What must hold, in the order of display. */
export const PROPERTIES: readonly Property[] = [
  {
    id: 'no-use-after-free',
    title: 'No use after free',
    failsWhen: 'a walk or a thread touches a frame that was a table and has been freed',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'no-lost-write',
    title: 'No lost write to a table',
    failsWhen: 'a thread changes an entry of a table that the tree no longer leads to',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'no-lost-dirty',
    title: 'No lost dirty bit',
    failsWhen:
      'a page is newer than its copy on disk, and neither the page nor an entry that maps it says so',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'no-stale-translation',
    title: 'No stale translation',
    failsWhen: 'a CPU reads or writes a frame that its process no longer owns',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'no-empty-dereference',
    title: 'No empty dereference',
    failsWhen: 'a thread follows an upper entry that is not present',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'no-lost-accessed',
    title: 'No lost accessed bit',
    failsWhen: 'the hardware set A for an address, nobody cleared it, and the current entry lacks it',
    severity: 'warning',
    judged: 'always',
  },
  {
    id: 'no-deadlock',
    title: 'No deadlock',
    failsWhen: 'some thread is not finished and nobody can move',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'lock-order',
    title: 'Lock order',
    failsWhen: 'page_table_lock is asked for while a ptl of the same process is held',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'lock-ownership',
    title: 'Lock ownership',
    failsWhen: 'a lock is released by somebody who does not hold it, or from an RCU callback',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'counts',
    title: 'Counts',
    failsWhen: 'the nesting count goes below zero, or a mark outlives the relocation that set it',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'no-leak',
    title: 'Nothing leaks',
    failsWhen: 'at the end some frame is neither reachable nor free',
    severity: 'error',
    judged: 'end',
  },
  {
    id: 'completeness',
    title: 'Completeness',
    failsWhen: 'a relocation reports that everything moved, and a table is still on the source node',
    severity: 'error',
    judged: 'always',
  },
  {
    id: 'translation-kept',
    title: 'Translation kept',
    failsWhen: 'at the end some address does not translate as an atomic relocation would have left it',
    severity: 'error',
    judged: 'end',
  },
];
