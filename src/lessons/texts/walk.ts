import { type Lesson, runOf } from '../lesson.ts';
import { countSteps } from '../seen.ts';

export const WALK: Lesson = {
  id: 'walk',
  title: 'A walk through four levels',
  minutes: 4,
  about: 'x86-64 reads one entry in each of four tables. Watch it go down.',
  source: runOf('tree', '2008-05-09', { nodeTest: 'pointee' }),
  steps: [
    {
      text: [
        'CR3 names the frame of the PGD. From there the CPU goes down: PGD, PUD, PMD, PTE. Each read is a step of its own here, and anything may happen between two of them.',
      ],
      predict: {
        ask: 'How many walk steps will the first read of va0 take?',
        options: [
          { id: '3', text: 'Three', why: 'The PTE table is read as well; it is the fourth.' },
          { id: '4', text: 'Four', why: 'One entry in each of four tables.' },
          { id: '5', text: 'Five', why: 'The page itself is not part of the walk. Five levels need LA57.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      todo: ['Press 1 until CPU0 reads from the page.'],
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
      sources: ['sdm-4.5'],
    },
    {
      text: ['The caches of CPU0 are no longer empty. Next it writes to the same address.'],
      predict: {
        ask: 'The write wants D, which the cached entry lacks. How many tables does CPU0 read for it?',
        options: [
          {
            id: '0',
            text: 'None, the TLB has the page',
            why: 'It has, but with D clear. To set D in memory the CPU must go there.',
          },
          {
            id: '1',
            text: 'One, the PTE table',
            why: 'The paging-structure caches remember the way to the PTE table, so the walk starts there.',
          },
          {
            id: '4',
            text: 'Four again',
            why: 'That would be so with empty caches. The upper levels are cached.',
          },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/) - 4),
      },
      todo: ['Press 1 until the write reaches the page.'],
      goal: { kind: 'step', actor: 'cpu0', label: /^write to/ },
      play: [['cpu0', /^write to/]],
      sources: ['sdm-4.8', 'sdm-4.10.3'],
    },
  ],
};
