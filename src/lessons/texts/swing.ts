import { type Lesson, runOf } from '../lesson.ts';
import { framesOfKind, leafBits } from '../seen.ts';

export const SWING: Lesson = {
  id: 'swing',
  title: 'Copy, then swing',
  minutes: 4,
  about: 'The two halves of a relocation, and the moment between them.',
  source: runOf('two-dirty', '2008-04-29'),
  steps: [
    {
      text: [
        'CPU1 holds page_table_lock and the ptl, so no other kernel thread may change the table. It copies the entries one by one.',
      ],
      predict: {
        ask: 'One entry is copied. Which table would a walk from CR3 reach now?',
        options: [
          { id: 'old', text: 'The old one', why: 'The parent entry still names it.' },
          { id: 'new', text: 'The copy', why: 'Nothing points to the copy before the swing.' },
        ],
        truth: (seen) => (framesOfKind(seen, 'limbo').length === 0 ? 'old' : 'new'),
      },
      todo: ['Press 2 until CPU1 has copied pte[0].'],
      goal: { kind: 'step', actor: 'cpu1', label: /^copy pte\[0\]/ },
      play: [['cpu1', /^copy pte\[0\]/]],
      sources: ['biro-2008-04-29'],
    },
    {
      text: ['Locks stop other threads. They do not stop the hardware: CPU0 walks without any lock.'],
      predict: {
        ask: 'CPU0 writes va0 now, before the swing. Which entry gets D?',
        options: [
          {
            id: 'old',
            text: 'The old one alone',
            why: 'The walk reached the old table, and its entry was copied already.',
          },
          { id: 'new', text: 'Both', why: 'The hardware knows of one table only.' },
        ],
        truth: (seen) =>
          framesOfKind(seen, 'limbo').length === 1 && !leafBits(seen, 0).dirty ? 'old' : 'new',
      },
      todo: ['Press 1 until CPU0 has written to the page.', 'Press 2 until CPU1 has swung the entry.'],
      goal: { kind: 'step', actor: 'cpu1', label: /^swing/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^swing/],
      ],
      sources: ['biro-2008-04-29', 'sdm-4.8'],
    },
  ],
};
