import { type Lesson, runOf } from '../lesson.ts';
import { hasBroken, leafBits, yesNo } from '../seen.ts';

export const DELIMBO: Lesson = {
  id: 'delimbo',
  title: 'Delimbo',
  minutes: 5,
  about: 'A thread read its pointers before the swing. How does it get back to the tree?',
  source: runOf('fault', '2008-04-29'),
  steps: [
    {
      text: [
        'CPU0 faults on va1. It walks without a lock and keeps a pointer to the PTE table. Before it takes the lock, CPU1 moves that table.',
      ],
      predict: {
        ask: 'CPU0 goes on. Where will it set the new entry?',
        options: [
          {
            id: 'old',
            text: 'In the old table',
            why: 'So it would be without delimbo: the write would be lost with the old table.',
          },
          {
            id: 'new',
            text: 'In the current table',
            why: 'After it has the lock it sees the mark and walks again: it delimbos.',
          },
        ],
        truth: (seen) => (leafBits(seen, 1).present ? 'new' : 'old'),
      },
      todo: [
        'Press 1 until CPU0 has allocated a page.',
        'Press 2 until CPU1 has swung the entry …',
        '… and has unlocked page_table_lock.',
        'Press 1 until pte[1] is set.',
      ],
      goal: { kind: 'step', actor: 'cpu0', label: /^set pte\[1\]/ },
      play: [
        ['cpu0', /^allocate from/],
        ['cpu1', /^swing/],
        ['cpu1', /^unlock page_table_lock/],
        ['cpu0', /^set pte\[1\]/],
      ],
      sources: ['biro-2008-04-29'],
    },
    {
      text: ['The same with the posting of 17 January. Its delimbo takes no lock while it walks again.'],
      predict: {
        ask: 'Can a write be lost between that walk and the lock?',
        options: [
          {
            id: 'yes',
            text: 'Yes',
            why: 'The table moves after the walk and before the lock, so the write goes to the one in limbo.',
          },
          {
            id: 'no',
            text: 'No, the walk is new enough',
            why: 'It is old as soon as the table moves again, and no lock forbids that.',
          },
        ],
        truth: (seen) => yesNo(hasBroken(seen, 'no-lost-write')),
      },
      opens: runOf('fault', '2008-01-17'),
      todo: [
        'Press 1 until CPU0 has unlocked the ptl.',
        'Press 1 three times more: it walks again.',
        'Press 2 until CPU1 has unlocked its ptl.',
        'Press 1 three times: the entry is set.',
      ],
      goal: { kind: 'breaks', property: 'no-lost-write' },
      play: [
        ['cpu0', /^unlock ptl/],
        ['cpu0', 3],
        ['cpu1', /^unlock ptl/],
        ['cpu0', 3],
      ],
      sources: ['biro-2008-01-17'],
    },
  ],
};
