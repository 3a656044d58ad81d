import { type Lesson, runOf } from '../lesson.ts';
import { hasBroken, yesNo } from '../seen.ts';
import { LOSE_SECOND_BIT } from './second-bit.ts';

export const VERSIONS: Lesson = {
  id: 'versions',
  title: 'The versions of 2008, and what each got wrong',
  minutes: 6,
  about: 'Three races of the last postings, one step of the design at a time.',
  source: runOf('mremap', '2008-04-29'),
  steps: [
    {
      text: [
        'From 19 March on, delimbo takes page_table_lock. mremap already holds one ptl when it delimbos the second table. The order of locks is: page_table_lock first.',
      ],
      predict: {
        ask: 'What does mremap do to the order of locks?',
        options: [
          {
            id: 'breaks',
            text: 'It breaks it',
            why: 'It asks for page_table_lock with a ptl held, and can deadlock with the relocation.',
          },
          {
            id: 'keeps',
            text: 'It keeps it',
            why: 'The outer ptl stays held while page_table_lock is asked for.',
          },
        ],
        truth: (seen) => (hasBroken(seen, 'lock-order') ? 'breaks' : 'keeps'),
      },
      todo: [
        'Press 2 until CPU1 has marked the process …',
        '… and has unlocked page_table_lock.',
        'Press Shift 1, or 1 until the property fails.',
      ],
      goal: { kind: 'breaks', property: 'lock-order' },
      play: [
        ['cpu1', /^nesting count/],
        ['cpu1', /^unlock page_table_lock/],
        ['cpu0', 200],
      ],
      sources: ['biro-2008-03-19', 'linux-mremap'],
    },
    {
      text: [
        'The last posting asks for the node of the frame that holds an entry, not of the table that the entry names.',
      ],
      predict: {
        ask: 'A tree of three tables is to leave node 0. Does every table leave?',
        options: [
          {
            id: 'yes',
            text: 'Yes',
            why: 'The table below one that has just moved is asked about by the new node of its parent.',
          },
          {
            id: 'no',
            text: 'No, one stays',
            why: 'Its parent is on node 1 already, so it seems to be there too.',
          },
        ],
        truth: (seen) => yesNo(!hasBroken(seen, 'completeness')),
      },
      opens: runOf('tree3', '2008-05-09'),
      todo: ['Press Shift 2, or 2 until CPU1 has moved the PGD and unlocked.'],
      goal: { kind: 'breaks', property: 'completeness' },
      play: [['cpu1', 200]],
      sources: ['biro-2008-05-09'],
    },
    {
      text: [
        'The last posting also carries D over before it frees the old table. Its loop does not advance: it merges the first entry again and again.',
      ],
      predict: {
        ask: 'D was set in limbo for va1, the second entry. Is it lost?',
        options: [
          {
            id: 'yes',
            text: 'Yes',
            why: 'Only the first entry is merged. The second one is freed with its D.',
          },
          {
            id: 'no',
            text: 'No, that is what the merge is for',
            why: 'The merge never reaches the second entry.',
          },
        ],
        truth: (seen) => yesNo(hasBroken(seen, 'no-lost-dirty')),
      },
      opens: runOf('two-dirty', '2008-05-09'),
      ...LOSE_SECOND_BIT,
      sources: ['biro-2008-05-09'],
    },
  ],
};
