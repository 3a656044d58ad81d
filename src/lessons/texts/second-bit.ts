import type { LessonStep } from '../lesson.ts';

/** How D of the second entry is lost in “two-dirty”, in every posting: CPU0 writes before the swing and after it, then CPU1 runs to its end. */
export const LOSE_SECOND_BIT: Pick<LessonStep, 'todo' | 'goal' | 'play'> = {
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
};
