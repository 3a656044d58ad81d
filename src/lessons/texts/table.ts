import { type Lesson, runOf } from '../lesson.ts';
import { countSteps, frameOfRead } from '../seen.ts';

export const TABLE: Lesson = {
  id: 'table',
  title: 'What a page table is',
  minutes: 4,
  about: 'One address, two tables, one page: where a translation is written down.',
  source: runOf('two-dirty', '2008-05-09'),
  steps: [
    {
      text: [
        'A program uses virtual addresses. The tree at the right says where each one really is. Its root is the PGD; an entry of the PGD names a PTE table; an entry of the PTE table names a page.',
        'CPU0 is about to write to va0. Before it can, it must find the page.',
      ],
      predict: {
        ask: 'How many entries must the CPU read to find the page of va0, when it has nothing cached?',
        options: [
          {
            id: '1',
            text: 'One',
            why: 'One entry would do only if there were one level. Here a PGD entry leads to a PTE table first.',
          },
          { id: '2', text: 'Two', why: 'There are two levels, and a walk reads one entry at each.' },
          { id: '4', text: 'Four', why: 'Four levels are those of x86-64; this small machine has two.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      todo: ['Press 1 (CPU0) until it has set D (“written to”) in the entry of va0.'],
      goal: { kind: 'step', actor: 'cpu0', label: /set A and D in/ },
      play: [['cpu0', /set A and D in/]],
      sources: ['sdm-4.2'],
    },
    {
      text: [
        'Look at the entry of va0 in the PTE table: P says that it is present, W that it may be written, A that it was used, D that the page was written to. The number is the frame, that is, which physical page.',
        'The store reaches that page. Then CPU0 writes to va1, which has a page of its own.',
      ],
      predict: {
        ask: 'Where does the walk for va1 find its entry?',
        options: [
          {
            id: 'same',
            text: 'In the same PTE table',
            why: 'One table covers a range of addresses: va0 has its entry 0, va1 its entry 1, each with bits of its own.',
          },
          {
            id: 'own',
            text: 'In a PTE table of its own',
            why: 'A table for each page would be as large as the memory. A table has an entry for each of many pages.',
          },
          {
            id: 'none',
            text: 'It needs none, va0 is known',
            why: 'The entry of va0 names one page. That of va1 is another page.',
          },
        ],
        truth: (seen) => {
          const [first, second] = [frameOfRead(seen, 'cpu0', 'pte[0]'), frameOfRead(seen, 'cpu0', 'pte[1]')];
          return second === 0 ? 'none' : second === first ? 'same' : 'own';
        },
      },
      todo: ['Press 1 until CPU0 has set D in the entry of va1.'],
      goal: { kind: 'step', actor: 'cpu0', label: /set A and D in pte\[1\]/ },
      play: [['cpu0', /set A and D in pte\[1\]/]],
      sources: ['sdm-4.2', 'sdm-4.8'],
    },
  ],
};
