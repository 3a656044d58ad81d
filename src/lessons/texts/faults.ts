import { type Lesson, runOf } from '../lesson.ts';
import { countSteps, inTlb, yesNo } from '../seen.ts';

export const FAULTS: Lesson = {
  id: 'faults',
  title: 'Page faults and locks',
  minutes: 5,
  about: 'What the kernel does when the hardware finds nothing.',
  source: runOf('fault', '2008-05-09'),
  steps: [
    {
      text: [
        'va1 has no page yet. CPU0 reads it all the same: the walk ends at an empty entry, and the CPU enters the kernel.',
      ],
      predict: {
        ask: 'Does the TLB remember that va1 was not present?',
        options: [
          {
            id: 'yes',
            text: 'Yes, so that it faults faster next time',
            why: 'Then a page that the kernel adds later would be missed. Only present entries are cached.',
          },
          {
            id: 'no',
            text: 'No',
            why: 'Entries that are not present are never cached; the entries above them may be.',
          },
        ],
        truth: (seen) => yesNo(inTlb(seen, 0, 1)),
      },
      todo: ['Press 1 until CPU0 has taken mmap_sem.'],
      goal: { kind: 'step', actor: 'cpu0', label: /down_read/ },
      play: [['cpu0', /down_read/]],
      sources: ['sdm-4.7', 'sdm-4.10.2'],
    },
    {
      text: [
        'The kernel walks again, in software and with no lock. It allocates a page. Then it takes the spinlock of the PTE table (ptl), and looks whether the entry is still empty.',
      ],
      predict: {
        ask: 'Which lock does CPU0 hold when it sets the entry?',
        options: [
          {
            id: 'ptl',
            text: 'The ptl of that PTE table',
            why: 'One spinlock for each PTE table lets faults in different tables run side by side.',
          },
          {
            id: 'none',
            text: 'None, mmap_sem is enough',
            why: 'mmap_sem is held for reading; two faults may hold it at once.',
          },
        ],
        truth: (seen) =>
          countSteps(seen, 'cpu0', /^lock ptl/) > countSteps(seen, 'cpu0', /^unlock ptl/) ? 'ptl' : 'none',
      },
      todo: ['Press 1 until CPU0 has set the entry.'],
      goal: { kind: 'step', actor: 'cpu0', label: /^set pte\[1\]/ },
      play: [['cpu0', /^set pte\[1\]/]],
      sources: ['linux-memory', 'linux-vm-locking'],
    },
  ],
};
