import { type Lesson, runOf } from '../lesson.ts';
import { countSteps, leafBits, tablesWithDirty, tablesThatMap, yesNo } from '../seen.ts';

export const REPLICAS: Lesson = {
  id: 'replicas',
  title: 'Another way: a copy on every node',
  minutes: 4,
  about: 'Do not move the tables: have them everywhere. What does a bit cost then?',
  source: runOf('two-nodes', 'repaired', { replicas: 'per-node' }),
  steps: [
    {
      text: [
        'A walk that leaves its node is slow. Mitosis keeps a copy of every table on each node. CR3 of a CPU leads to the copy of its own node.',
        'CPU0 is on node 0 and CPU1 on node 1. Both use the same page.',
      ],
      predict: {
        ask: 'CPU0 writes va0 and CPU1 reads it. In how many of the two tables is D set?',
        options: [
          {
            id: '1',
            text: 'In one',
            why: 'A CPU sets bits in the entry that its own walk has read. It does not know of the other copy.',
          },
          { id: '2', text: 'In both', why: 'No hardware carries a bit from one copy to the next.' },
        ],
        truth: (seen) => String(tablesWithDirty(seen, 0).length),
      },
      todo: ['Press 1 until CPU0 has written to the page.', 'Press 2 until CPU1 has read from it.'],
      goal: { kind: 'step', actor: 'cpu1', label: /^read from/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^read from/],
      ],
      sources: ['mitosis'],
    },
    {
      text: [
        'So whoever asks for A or D must look into all copies, and whoever clears an entry must clear them all. Each is a step of its own.',
      ],
      predict: {
        ask: 'Reclaim has cleared the first entry, and not yet the second. Does a table still map the page?',
        options: [
          {
            id: 'yes',
            text: 'Yes',
            why: 'The copy of node 1 does, so CPU1 could go on reading for a moment.',
          },
          { id: 'no', text: 'No', why: 'One write changes one copy only.' },
        ],
        truth: (seen) => yesNo(tablesThatMap(seen, 0).length > 0 && !leafBits(seen, 0).present),
      },
      todo: [
        'Press 3 until CPU2 has sent an IPI to CPU1.',
        'Press 4 twice: CPU0 flushes and acknowledges.',
        'Press 5 twice: CPU1 does so.',
        'Press 3 until CPU2 has cleared the first entry.',
      ],
      goal: { kind: 'step', actor: 'cpu2', label: /^read and clear pte/ },
      play: [
        ['cpu2', /^send IPI .* to CPU1/],
        ['ipi0', 2],
        ['ipi1', 2],
        ['cpu2', /^read and clear pte/],
      ],
      sources: ['mitosis'],
    },
    {
      text: [
        'Reads got cheaper, changes dearer. Nothing is in limbo here: each copy stays where it is, and a lock guards all of them.',
      ],
      predict: {
        ask: 'The second copy, which is cleared last, has no D. Will reclaim mark the page dirty?',
        options: [
          { id: 'yes', text: 'Yes', why: 'What it took from each copy is put together: D was in the first.' },
          { id: 'no', text: 'No', why: 'It would lose what CPU0 wrote, if it believed the last copy alone.' },
        ],
        truth: (seen) => yesNo(countSteps(seen, 'cpu2', /^mark frame \d+ dirty/) > 0),
      },
      todo: [
        'Press 3 until CPU2 has sent an IPI to CPU1.',
        'Press 4 twice.',
        'Press 5 twice.',
        'Press 3 until CPU2 unlocks.',
      ],
      goal: { kind: 'step', actor: 'cpu2', label: /^unlock ptl/ },
      play: [
        ['cpu2', /^send IPI .* to CPU1/],
        ['ipi0', 2],
        ['ipi1', 2],
        ['cpu2', /^unlock ptl/],
      ],
      sources: ['mitosis'],
    },
  ],
};
