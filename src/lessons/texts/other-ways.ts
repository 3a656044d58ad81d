import { type Lesson, runOf } from '../lesson.ts';
import { countSteps, dirtyInLimbo, framesOfKind, leafBits, yesNo } from '../seen.ts';

export const OTHER_WAYS: Lesson = {
  id: 'other-ways',
  title: 'Another way: invalidate first',
  minutes: 4,
  about: 'Clear the entry, flush, and only then copy: no limbo for the hardware.',
  source: runOf('two-dirty', 'repaired'),
  steps: [
    {
      text: [
        'Hansen proposed another order in October 2007: clear the parent entry first, flush, copy, and set it again. Linux collapses huge pages so.',
      ],
      predict: {
        ask: 'The entry is cleared and CPU0 has flushed. It now writes va1. What happens?',
        options: [
          {
            id: 'fault',
            text: 'It faults and waits for the lock',
            why: 'The walk finds the cleared entry; the kernel waits until the table is back.',
          },
          {
            id: 'limbo',
            text: 'It walks through the old table',
            why: 'The way there is gone from memory and from its caches.',
          },
        ],
        truth: (seen) => (countSteps(seen, 'cpu0', /^enter the kernel/) > 0 ? 'fault' : 'limbo'),
      },
      todo: [
        'Press 1 until CPU0 has written to va0.',
        'Press 2 until CPU1 has sent the IPI.',
        'Press 3 twice: CPU0 flushes and acknowledges.',
        'Press 1 until CPU0 enters the kernel.',
      ],
      goal: { kind: 'step', actor: 'cpu0', label: /^enter the kernel/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^send IPI/],
        ['ipi0', 2],
        ['cpu0', /^enter the kernel/],
      ],
      sources: ['hansen-2007-10', 'linux-khugepaged'],
    },
    {
      text: [
        'The price is a flush for each table, with locks held. What is gained: no bit can be set in a table that has been copied.',
      ],
      predict: {
        ask: 'The copy is set in place. Is any table in limbo with a D that the tree lacks?',
        options: [
          { id: 'yes', text: 'Yes', why: 'The hardware could not reach the old table after the flush.' },
          {
            id: 'no',
            text: 'No',
            why: 'D of va0 was set before the copy and went with it; D of va1 will be set in the new table.',
          },
        ],
        truth: (seen) =>
          yesNo(framesOfKind(seen, 'limbo').length > 0 && dirtyInLimbo(seen) && !leafBits(seen, 0).dirty),
      },
      todo: ['Press 2 until CPU1 has set the entry again.'],
      goal: { kind: 'step', actor: 'cpu1', label: /^(swing|set) pgd\[0\]/ },
      play: [['cpu1', /^(swing|set) pgd\[0\]/]],
      sources: ['hansen-2007-10', 'sdm-4.10.4'],
    },
  ],
};
