/** What a mark on the timeline stands for; each has its own shape and colour. The later, the more it matters. */
export const MARK_KINDS = [
  'read',
  'data',
  'lock',
  'unlock',
  'note',
  'sleep',
  'allocate',
  'copy',
  'write',
  'ipi',
  'flush',
  'swing',
  'free',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** In words, for the legend. */
export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  read: 'reads, waits',
  data: 'user access to a page',
  lock: 'lock',
  unlock: 'unlock',
  note: 'flag, count, link',
  sleep: 'sleeps or wakes',
  allocate: 'allocates a frame',
  copy: 'copies an entry',
  write: 'changes an entry',
  ipi: 'IPI sent, taken, answered',
  flush: 'flush or CR3 load',
  swing: 'swings a parent to the copy',
  free: 'frees a frame',
};

const KIND_OF_TAG: Readonly<Record<string, MarkKind>> = {
  data: 'data',
  lock: 'lock',
  enter: 'lock',
  unlock: 'unlock',
  leave: 'unlock',
  flag: 'note',
  mark: 'note',
  mask: 'note',
  link: 'note',
  'call-rcu': 'note',
  'rcu-run': 'note',
  'rcu-done': 'note',
  sleep: 'sleep',
  allocate: 'allocate',
  copy: 'copy',
  write: 'write',
  merge: 'write',
  'set-a': 'write',
  'set-d': 'write',
  'ipi-send': 'ipi',
  'ipi-take': 'ipi',
  'ipi-ack': 'ipi',
  flush: 'flush',
  cr3: 'flush',
  swing: 'swing',
  free: 'free',
};

/** The mark of a step's tag; tags that nobody has named here are drawn like reads. */
export function markKind(tag: string): MarkKind {
  return KIND_OF_TAG[tag] ?? 'read';
}
