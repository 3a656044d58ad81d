import { type Lesson, runOf } from '../lesson.ts';
import { hasBroken } from '../seen.ts';

export const RCU: Lesson = {
  id: 'rcu',
  title: 'Freeing under RCU',
  minutes: 5,
  about: 'RCU waits for kernel threads. It does not wait for a walk.',
  source: runOf('tree', '2008-01-04'),
  steps: [
    {
      text: [
        'The first posting hands each old table to RCU at once. RCU frees it when every CPU has been quiescent: in user mode, idle or asleep.',
        'CPU0 runs a program. It is in user mode even in the middle of a walk.',
      ],
      predict: {
        ask: 'CPU0 has read the PGD entry. RCU frees the old PUD table. What does CPU0 read next?',
        options: [
          {
            id: 'freed',
            text: 'The freed table',
            why: 'Nobody has flushed, and no walk holds RCU up. This is a use after free by hardware.',
          },
          { id: 'new', text: 'The new table', why: 'It has already been led to the old one.' },
        ],
        truth: (seen) => (hasBroken(seen, 'no-use-after-free') ? 'freed' : 'new'),
      },
      todo: [
        'Press 1 twice: CPU0 has read the PGD entry.',
        'Press 2 until CPU1 has swung the entry …',
        '… and may sleep for the next frame.',
        'Press 5: RCU frees the table.',
        'Press 1 again.',
      ],
      goal: { kind: 'breaks', property: 'no-use-after-free' },
      play: [
        ['cpu0', 2],
        ['cpu1', /^swing/],
        ['cpu1', /^may sleep/],
        ['rcu', 1],
        ['cpu0', 1],
      ],
      sources: ['biro-2008-01-04', 'linux-rcu'],
    },
  ],
};
