import { type Challenge, challengesOf } from '../challenge.ts';

/** Deadlocks, sleeps, and bits that are lost; rising. */
export const LAST_CHALLENGES: readonly Challenge[] = challengesOf([
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
    source: 'commit-eb66ae030829',
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
]);
