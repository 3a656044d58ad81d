import { type Lesson, runOf } from '../lesson.ts';
import { dirtyInLimbo, leafBits } from '../seen.ts';

export const LIMBO: Lesson = {
  id: 'limbo',
  title: 'Limbo',
  minutes: 4,
  about: 'Replaced, but not gone: who still uses the old table?',
  source: runOf('two-dirty', '2008-04-29'),
  steps: [
    {
      text: [
        'CPU0 writes va0 and so caches the way to the PTE table. Then CPU1 copies that table and swings the entry. The old table is now in limbo: out of the tree, and yet not unused.',
      ],
      predict: {
        ask: 'CPU0 now walks for va1. Through which table?',
        options: [
          {
            id: 'limbo',
            text: 'The one in limbo',
            why: 'Its paging-structure cache leads there, and nobody has told it to forget.',
          },
          {
            id: 'tree',
            text: 'The one in the tree',
            why: 'It would have to start at CR3; a cached way is used instead.',
          },
        ],
        truth: ({ records }) =>
          records.some(({ moments }) => moments.includes('walk-through-limbo')) ? 'limbo' : 'tree',
      },
      todo: [
        'Press 1 until CPU0 has written to va0.',
        'Press 2 until CPU1 has swung the entry.',
        'Press 1 until CPU0 reads pte[1].',
      ],
      goal: { kind: 'step', actor: 'cpu0', label: /^walk: read pte\[1\]/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^swing/],
        ['cpu0', /^walk: read pte\[1\]/],
      ],
      sources: ['biro-2008-04-29', 'sdm-4.10.3'],
    },
    {
      text: ['The walk is for a write. The hardware sets D where it stands.'],
      predict: {
        ask: 'Will the entry of va1 in the tree have D?',
        options: [
          { id: 'yes', text: 'Yes', why: 'Only the copy in limbo was reached.' },
          {
            id: 'no',
            text: 'No, only the one in limbo',
            why: 'D went to the frame that the walk was led to. Somebody must carry it over.',
          },
        ],
        truth: (seen) => (dirtyInLimbo(seen) && !leafBits(seen, 1).dirty ? 'no' : 'yes'),
      },
      todo: ['Press 1 until D is set.'],
      goal: { kind: 'step', actor: 'cpu0', label: /set A and D in pte\[1\]/ },
      play: [['cpu0', /set A and D in pte\[1\]/]],
      sources: ['biro-2008-04-29', 'sdm-4.8'],
    },
  ],
};
