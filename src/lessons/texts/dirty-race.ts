import { type Lesson, runOf } from '../lesson.ts';
import { leafBits, yesNo } from '../seen.ts';

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
      todo: [
        'Press 1 until CPU0 has written to va0.',
        'Press 2 until CPU1 has swung the entry.',
        'Press 1 until CPU0 has written to va1.',
        'Press 2 until CPU1 has sent its IPI.',
        'Press 3 twice: CPU0 flushes and acknowledges.',
        'Press Shift 2: CPU1 runs to its end.',
      ],
      goal: { kind: 'breaks', property: 'no-lost-dirty' },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^swing/],
        ['cpu0', /^write to/],
        ['cpu1', /^send IPI/],
        ['ipi0', 2],
        ['cpu1', 200],
      ],
      sources: ['biro-2008-04-29', 'sdm-4.8'],
    },
  ],
};
