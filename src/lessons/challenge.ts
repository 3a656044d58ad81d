import type { PropertyId } from '../properties/properties.ts';
import type { Subject } from '../worker/search-protocol.ts';

/** A race to find: the learner schedules until the property is broken. What is shortest is for the search to say. */
export interface Challenge {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly subject: Subject;
  readonly breaks: PropertyId;
  /** Afterwards: which of these changes stops it? Exactly one does; the search proves it. Empty where nothing is asked. */
  readonly repairs: readonly string[];
}

interface Spec {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  readonly run: readonly [scenario: string, version: string];
  readonly breaks: PropertyId;
  readonly set?: Subject['overrides'];
  readonly repairs?: readonly string[];
}

const challenge = ({
  id,
  title,
  story,
  run: [scenario, version],
  breaks,
  set = {},
  repairs = [],
}: Spec): Challenge => ({
  id,
  title,
  story,
  subject: { scenario, version, overrides: set },
  breaks,
  repairs,
});

const SPECS: readonly Spec[] = [
  {
    id: 'freed-before-flush',
    title: 'Make CPU1 walk a freed table',
    story: 'munmap frees its table before it flushes. CPU1 is about to walk.',
    run: ['gather-race', '2008-05-09'],
    breaks: 'no-use-after-free',
    set: { tableFreeOrder: 'before-flush' },
    repairs: ['tableFreeOrder=after-flush', 'freeTableLock=none', 'unlinkOnFree=yes'],
  },
  {
    id: 'null-pointer',
    title: 'Follow an empty entry',
    story: 'The entry is cleared first. A fault reads it a second time and trusts it.',
    run: ['fault', 'invalidate-first'],
    breaks: 'no-empty-dereference',
    repairs: ['emptyUpper=look-again', 'irqs=off', 'faultSleep=rewalk'],
  },
  {
    id: 'mremap-order',
    title: 'Take two locks the wrong way round',
    story: 'mremap holds one ptl and asks for more, while a relocation has marked the process.',
    run: ['mremap', '2008-04-29'],
    breaks: 'lock-order',
  },
  {
    id: 'walk-freed',
    title: 'Make CPU0 walk a freed table',
    story: 'RCU frees each table as soon as it is replaced. Catch a walk half-way.',
    run: ['tree3', '2008-01-04'],
    breaks: 'no-use-after-free',
    repairs: ['freeing=rcu-after-flush', 'marking=flag', 'irqs=on'],
  },
  {
    id: 'gave-it-up',
    title: 'Read a page that was given up',
    story: 'madvise returns, and the process can still reach the page. Somebody flushes too late.',
    run: ['collect-race', '2008-05-09'],
    breaks: 'no-stale-translation',
    set: { collectFlush: 'after-unlock' },
    repairs: ['collectFlush=before-unlock', 'emptyUpper=look-again', 'mremapFlush=before-unlock'],
  },
  {
    id: 'shared',
    title: 'Break the neighbour',
    story: 'Two processes share a PMD table. One of them has it moved.',
    run: ['shared-pmd', '2008-05-09'],
    breaks: 'no-use-after-free',
    repairs: ['sharedTables=all-parents', 'freeing=rcu-after-flush', 'serialise=none'],
  },
  {
    id: 'lose-dirty',
    title: 'Lose this dirty bit',
    story: 'CPU0 writes two pages; one of them will not be known to be dirty.',
    run: ['two-dirty', '2008-01-17'],
    breaks: 'no-lost-dirty',
  },
  {
    id: 'owner',
    title: 'Unlock what is not yours',
    story: 'An RCU callback releases a mutex. The kernel forbids it.',
    run: ['top', '2008-03-19'],
    breaks: 'lock-ownership',
    repairs: ['serialise=mutex', 'marking=count', 'irqs=on'],
  },
  {
    id: 'lost-write',
    title: 'Write to a table in limbo',
    story: 'Delimbo walks again, but holds no lock while it does.',
    run: ['fault', '2008-01-17'],
    breaks: 'no-lost-write',
    repairs: ['rewalkLock=page-table-lock', 'irqs=on', 'adBits=at-free'],
  },
  {
    id: 'stays-behind',
    title: 'Leave a table behind',
    story: 'The relocation says that all has moved. Show that it has not.',
    run: ['tree3', '2008-05-09'],
    breaks: 'completeness',
    repairs: ['nodeTest=pointee', 'pageSizeCheck=no', 'marking=none'],
  },
  {
    id: 'leak',
    title: 'Leak a table',
    story: 'The destination has one free frame, and two tables want to go there.',
    run: ['no-memory', '2008-05-09'],
    breaks: 'no-leak',
    repairs: ['onNoMemory=finish', 'marking=flag', 'switchMm=no'],
  },
  {
    id: 'mark',
    title: 'Leave the mark behind',
    story: 'NEED_REWALK is cleared by a callback. Find the run in which no callback comes.',
    run: ['no-memory', '2008-03-19'],
    breaks: 'counts',
    repairs: ['onNoMemory=finish', 'irqs=on', 'rewalkLock=none'],
  },
  {
    id: 'mremap-deadlock',
    title: 'Deadlock mremap',
    story: 'Two locks, two CPUs, two orders.',
    run: ['mremap', '2008-05-09'],
    breaks: 'no-deadlock',
  },
  {
    id: 'irq-deadlock',
    title: 'Deadlock by interrupt',
    story:
      'One waits for an acknowledgement with the lock held. The other spins for the lock with interrupts off.',
    run: ['irqs-off', '2008-01-17'],
    breaks: 'no-deadlock',
    repairs: ['irqs=on', 'marking=flag', 'freeing=rcu-per-table'],
  },
  {
    id: 'lose-dirty-april',
    title: 'Lose it again in April',
    story: 'The same bit. Now the table is freed after synchronize_rcu.',
    run: ['two-dirty', '2008-04-29'],
    breaks: 'no-lost-dirty',
  },
  {
    id: 'sleeper',
    title: 'Free it while the fault sleeps',
    story: 'A fault sleeps for memory and keeps its pointers.',
    run: ['sleeping-fault', '2008-04-29'],
    breaks: 'no-use-after-free',
  },
  {
    id: 'filled',
    title: 'Install into a freed table',
    story: 'A whole PTE table is missing, and its allocation sleeps.',
    run: ['sleeping-fill', '2008-05-09'],
    breaks: 'no-lost-write',
  },
  {
    id: 'stale',
    title: 'Read somebody else’s page',
    story: 'Reclaim drops the page, and CPU0 still reaches it.',
    run: ['write-reclaim', '2008-01-17'],
    breaks: 'no-stale-translation',
  },
  {
    id: 'cve',
    title: 'CVE-2018-18281',
    story: 'mremap releases its locks before it flushes. Reclaim takes the page from its new place.',
    run: ['mremap-race', '2008-05-09'],
    breaks: 'no-stale-translation',
    set: { mremapFlush: 'after-unlock' },
    repairs: ['mremapFlush=before-unlock', 'collectFlush=after-unlock', 'tableFreeOrder=before-flush'],
  },
  {
    id: 'second-entry',
    title: 'Lose the second dirty bit',
    story: 'The last posting merges the bits before it frees. It merges the first entry, over and over.',
    run: ['two-dirty', '2008-05-09'],
    breaks: 'no-lost-dirty',
  },
  {
    id: 'translation',
    title: 'Lose a translation',
    story: 'At the end, an address does not translate as it should. Speculative walks help.',
    run: ['speculative', '2008-01-17'],
    breaks: 'translation-kept',
  },
];

/** Rising: each asks for a little more than the one before. */
export const CHALLENGES: readonly Challenge[] = SPECS.map(challenge);

export function challengeOf(id: string | undefined): Challenge | null {
  return CHALLENGES.find((one) => one.id === id) ?? null;
}
