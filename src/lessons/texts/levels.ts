import { type Lesson, runOf } from '../lesson.ts';
import { countSteps } from '../seen.ts';

export const LEVELS: Lesson = {
  id: 'levels',
  title: 'Levels, and levels that are folded',
  minutes: 3,
  about: 'Two levels, three, PAE: the same code walks them all.',
  source: runOf('pae', 'repaired'),
  steps: [
    {
      text: [
        'PAE has a PGD of four entries, which the CPU keeps in registers. They are loaded with CR3, not read by walks.',
      ],
      predict: {
        ask: 'How many tables does the first walk of va0 read in memory?',
        options: [
          { id: '2', text: 'Two: PMD and PTE', why: 'The top level comes from the registers.' },
          { id: '3', text: 'Three: PGD, PMD and PTE', why: 'The PGD was read earlier, when CR3 was loaded.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      todo: ['Press 1 until CPU0 has read from the page.'],
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
      sources: ['sdm-4.4.1'],
    },
    {
      text: [
        'A kernel built for fewer levels folds those that are missing: the same code runs, and a folded level costs nothing. This run has two levels.',
      ],
      predict: {
        ask: 'How many tables does a first walk read with two levels?',
        options: [
          { id: '2', text: 'Two', why: 'PGD and PTE.' },
          { id: '4', text: 'Four, two of them empty', why: 'A folded level has no table at all.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      opens: runOf('top', '2008-05-09'),
      todo: ['Press 1 until CPU0 has read from the page.'],
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
      sources: ['linux-nopud'],
    },
  ],
};
