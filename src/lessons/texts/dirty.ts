import { type Lesson, runOf } from '../lesson.ts';
import { leafBits, yesNo } from '../seen.ts';

export const DIRTY: Lesson = {
  id: 'dirty',
  title: 'Accessed and dirty',
  minutes: 4,
  about: 'Who sets A and D, when, and in which copy of the entry.',
  source: runOf('write-reclaim', '2008-05-09'),
  steps: [
    {
      text: [
        'The CPU sets A when it uses an entry, and D when it writes. The kernel clears them to learn what is still in use, and what must be written to disk.',
      ],
      predict: {
        ask: 'CPU0 first reads va0. Does that set D?',
        options: [
          { id: 'yes', text: 'Yes', why: 'A read changes nothing in the page, so D stays clear.' },
          { id: 'no', text: 'No', why: 'Only a write sets D.' },
        ],
        truth: (seen) => yesNo(leafBits(seen, 0).dirty),
      },
      todo: ['Press 1 until CPU0 has read from the page.'],
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
      sources: ['sdm-4.8', 'linux-rmap'],
    },
    {
      text: ['The next access is a write. The TLB entry has W but not D.'],
      predict: {
        ask: 'Where will D be set?',
        options: [
          {
            id: 'yes',
            text: 'In the PTE table, in memory',
            why: 'A locked read-modify-write sets it in the frame that the walk reached.',
          },
          {
            id: 'no',
            text: 'In the TLB alone',
            why: 'Then the kernel could never see it. The CPU walks again and writes to memory.',
          },
        ],
        truth: (seen) => yesNo(leafBits(seen, 0).dirty),
      },
      todo: ['Press 1 until D is set.'],
      goal: { kind: 'step', actor: 'cpu0', label: /set A and D/ },
      play: [['cpu0', /set A and D/]],
      sources: ['sdm-4.8', 'sdm-4.10.2'],
    },
  ],
};
