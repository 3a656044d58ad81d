import { type Lesson, runOf } from '../lesson.ts';
import { leafBits, yesNo } from '../seen.ts';
import { LOSE_SECOND_BIT } from './second-bit.ts';

export const DIRTY_RACE: Lesson = {
  id: 'dirty-race',
  title: 'The dirty-bit race',
  minutes: 5,
  about: 'A page was written, and nobody will know.',
  source: runOf('two-dirty', '2008-04-29'),
  steps: [
    {
      text: [
        'You know all the parts by now. CPU0 caches the way, CPU1 swings, CPU0 sets D in limbo. Then CPU1 flushes and frees the old table.',
      ],
      predict: {
        ask: 'At the end, does the entry of va1 have D?',
        options: [
          {
            id: 'yes',
            text: 'Yes, the flush brings it over',
            why: 'A flush makes a CPU forget. It carries nothing.',
          },
          {
            id: 'no',
            text: 'No',
            why: 'D was freed with the old table; a page dropped as clean loses its data. It is judged only now: until CPU1 leaves, somebody might still carry D over.',
          },
        ],
        truth: (seen) => yesNo(leafBits(seen, 1).dirty),
      },
      ...LOSE_SECOND_BIT,
      sources: ['biro-2008-04-29', 'sdm-4.8'],
    },
  ],
};
