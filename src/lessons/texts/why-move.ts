import { type Lesson, runOf } from '../lesson.ts';
import { framesOfKind } from '../seen.ts';

export const WHY_MOVE: Lesson = {
  id: 'why-move',
  title: 'Why move a table at all?',
  minutes: 3,
  about: 'A process moved to another node; its page tables stayed behind.',
  source: runOf('tree', '2008-05-09', { nodeTest: 'pointee' }),
  steps: [
    {
      text: [
        'Each node of a large machine has memory of its own. A walk that reads tables on another node is slow. Tables also pin memory: a range of frames cannot be switched off while one holds a table.',
        'Linux can move pages of data. In 2008 nobody could move the tables. CPU1 is about to.',
      ],
      predict: {
        ask: 'The first table is swung. How many tables of the tree are on node 1 then?',
        options: [
          {
            id: '0',
            text: 'None until the flush',
            why: 'The tree leads to the copy as soon as the parent entry is written.',
          },
          { id: '1', text: 'One', why: 'Tables move one by one, and each is in use at once.' },
          { id: '4', text: 'All four', why: 'Each level is a move of its own.' },
        ],
        truth: (seen) =>
          String(framesOfKind(seen, 'table').filter((frame) => seen.scene.world.node[frame] === 1).length),
      },
      todo: ['Press 2 until CPU1 has swung an entry.'],
      goal: { kind: 'step', actor: 'cpu1', label: /^swing/ },
      play: [['cpu1', /^swing/]],
      sources: ['biro-2007-10-25', 'mitosis'],
    },
  ],
};
