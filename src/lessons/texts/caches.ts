import { type Lesson, runOf } from '../lesson.ts';
import { framesOfKind, inTlb, walkCached, yesNo } from '../seen.ts';

export const CACHES: Lesson = {
  id: 'caches',
  title: 'TLB and paging-structure caches',
  minutes: 4,
  about: 'Two kinds of cache: one remembers pages, the other remembers the way.',
  source: runOf('top', '2008-05-09'),
  steps: [
    {
      text: [
        'The TLB keeps whole translations. The paging-structure caches keep the way down to a table. Both live in the CPU, and memory does not know about them.',
      ],
      predict: {
        ask: 'After one read of va0, what does CPU0 hold?',
        options: [
          {
            id: 'tlb',
            text: 'Only a TLB entry',
            why: 'The walk also remembers which table the PGD entry led to.',
          },
          { id: 'both', text: 'A TLB entry and a walk-cache entry', why: 'A walk fills both on its way.' },
          { id: 'none', text: 'Nothing until the second read', why: 'Caches are filled by the first walk.' },
        ],
        truth: (seen) => (!inTlb(seen, 0, 0) ? 'none' : walkCached(seen, 0) > 0 ? 'both' : 'tlb'),
      },
      todo: ['Press 1 until CPU0 has read from the page, then look at the TLB view.'],
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
      sources: ['sdm-4.10.2', 'sdm-4.10.3'],
    },
    {
      text: ['Now CPU1 moves the PGD itself: it copies it to another frame and makes mm.pgd point there.'],
      predict: {
        ask: 'Does the CR3 of CPU0 follow at once?',
        options: [
          {
            id: 'yes',
            text: 'Yes, CR3 is part of the process',
            why: 'CR3 is a register of one CPU. Somebody must load it again.',
          },
          {
            id: 'no',
            text: 'No, CPU0 must be told',
            why: 'Until CPU0 reloads CR3 it walks from the old PGD.',
          },
        ],
        truth: (seen) => yesNo(framesOfKind(seen, 'limbo').length === 0),
      },
      todo: ['Press 2 (CPU1) until it has set mm.pgd.'],
      goal: { kind: 'step', actor: 'cpu1', label: /^set pgd of mm/ },
      play: [['cpu1', /^set pgd of mm/]],
      sources: ['sdm-4.10.4', 'biro-2008-05-09'],
    },
  ],
};
