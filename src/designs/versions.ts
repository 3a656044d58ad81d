import type { Design } from '../kernel/design.ts';
import { LIMBO_REPAIRED_CHOICES } from './limbo-repaired.ts';
import { REPAIRED_CHOICES } from './repaired.ts';

/** A named design. */
export interface Version {
  readonly id: string;
  readonly title: string;
  readonly design: Design;
}

/** The first posting: RCU frees a table as soon as it is replaced, before any flush; its author called that a race. */
const first: Design = {
  marking: 'none',
  serialise: 'none',
  rewalkLock: 'none',
  irqs: 'off',
  freeing: 'rcu-per-table',
  adBits: 'none',
  adSource: 'current',
  adFreeMerge: 'first-entry',
  adMergeCheck: 'blind',
  mergeLock: 'page-table-lock',
  linkShape: 'both-ways',
  linkLevels: 'pte',
  clearing: 'current',
  freeMergeLock: 'ptl',
  unlinkOnFree: 'no',
  freeTableLock: 'page-table-lock',
  switchMm: 'no',
  switchOrder: 'clear-first',
  emptyUpper: 'trust',
  nodeTest: 'holder',
  pageSizeCheck: 'no',
  reload: 'yes',
  onNoMemory: 'leave',
  flushBy: 'anyone',
  flushLoads: 'own-cr3',
  flagClear: 'before',
  faultSleep: 'keep',
  nestedLock: 'outer-held',
  sharedTables: 'ignored',
  order: 'limbo',
  pdpteReload: 'no',
  mremapFlush: 'before-set',
  collectFlush: 'before-unlock',
  tableFreeOrder: 'after-flush',
  replicas: 'none',
};

const january17: Design = { ...first, freeing: 'rcu-after-flush' };
const march: Design = {
  ...january17,
  marking: 'flag',
  serialise: 'mutex-until-rcu',
  rewalkLock: 'page-table-lock',
};
const april: Design = {
  ...march,
  marking: 'count',
  serialise: 'none',
  irqs: 'on',
  freeing: 'synchronize-rcu',
};
const may: Design = {
  ...april,
  serialise: 'mutex',
  adBits: 'at-delimbo-and-free',
  pageSizeCheck: 'yes',
  switchMm: 'yes',
};

export const VERSIONS: readonly Version[] = [
  { id: '2008-01-04', title: 'first posting: freed by RCU before the flush', design: first },
  { id: '2008-01-17', title: 'freed by RCU after the flush', design: january17 },
  { id: '2008-03-19', title: 'a flag and a mutex held until RCU', design: march },
  { id: '2008-04-29', title: 'a nesting count, synchronize_rcu', design: april },
  { id: '2008-05-09', title: 'the last posting: A and D carried over', design: may },
  {
    id: 'invalidate-first',
    title: 'clear the entry and flush before the copy',
    design: { ...may, order: 'invalidate-first' },
  },
  {
    id: 'repaired',
    title: 'ours: no property fails, and no change is spare',
    design: { ...may, ...REPAIRED_CHOICES },
  },
  {
    id: 'limbo-repaired',
    title: 'ours: limbo with one flush, and no property fails',
    design: { ...may, ...LIMBO_REPAIRED_CHOICES },
  },
];

/** The version of that id; null when there is none. */
export function versionOf(id: string): Version | null {
  return VERSIONS.find((version) => version.id === id) ?? null;
}
