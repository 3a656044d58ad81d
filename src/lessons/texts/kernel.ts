import { type Lesson, runOf } from '../lesson.ts';
import { countSteps, framesOfKind, inTlb, leafBits, yesNo } from '../seen.ts';

const faults: Lesson = {
  id: 'faults',
  title: 'Page faults and locks',
  minutes: 5,
  about: 'What the kernel does when the hardware finds nothing.',
  source: runOf('fault', '2008-05-09'),
  steps: [
    {
      text: [
        'va1 has no page yet. CPU0 reads it all the same: the walk ends at an empty entry, and the CPU enters the kernel.',
      ],
      predict: {
        ask: 'Does the TLB remember that va1 was not present?',
        options: [
          {
            id: 'yes',
            text: 'Yes, so that it faults faster next time',
            why: 'Then a page that the kernel adds later would be missed. Only present entries are cached.',
          },
          {
            id: 'no',
            text: 'No',
            why: 'Entries that are not present are never cached; the entries above them may be.',
          },
        ],
        truth: (seen) => yesNo(inTlb(seen, 0, 1)),
      },
      todo: 'Press 1 until CPU0 has taken mmap_sem.',
      goal: { kind: 'step', actor: 'cpu0', label: /down_read/ },
      play: [['cpu0', /down_read/]],
    },
    {
      text: [
        'The kernel walks again, in software and with no lock. It allocates a page. Then it takes the spinlock of the PTE table (ptl), and looks whether the entry is still empty.',
      ],
      predict: {
        ask: 'Which lock does CPU0 hold when it sets the entry?',
        options: [
          {
            id: 'ptl',
            text: 'The ptl of that PTE table',
            why: 'One spinlock for each PTE table lets faults in different tables run side by side.',
          },
          {
            id: 'none',
            text: 'None, mmap_sem is enough',
            why: 'mmap_sem is held for reading; two faults may hold it at once.',
          },
        ],
        truth: (seen) =>
          countSteps(seen, 'cpu0', /^lock ptl/) > countSteps(seen, 'cpu0', /^unlock ptl/) ? 'ptl' : 'none',
      },
      todo: 'Press 1 until CPU0 has set the entry.',
      goal: { kind: 'step', actor: 'cpu0', label: /^set pte\[1\]/ },
      play: [['cpu0', /^set pte\[1\]/]],
    },
  ],
  sources: ['mm/memory.c, Linux 2.6.25', 'Documentation/vm/locking, Linux 2.6.25'],
};

const shootdown: Lesson = {
  id: 'shoot-down',
  title: 'TLB shoot-down',
  minutes: 4,
  about: 'Other CPUs have caches of their own. They must be asked to forget.',
  source: runOf('two-dirty', '2008-05-09'),
  steps: [
    {
      text: [
        'CPU0 has va0 in its TLB. CPU1 moves the PTE table and wants all CPUs to forget the old one. It cannot reach into CPU0. It sends an interrupt, an IPI.',
      ],
      predict: {
        ask: 'The IPI has been sent. Is va0 still in the TLB of CPU0?',
        options: [
          { id: 'yes', text: 'Yes', why: 'To send is not to act: CPU0 flushes when it takes the interrupt.' },
          { id: 'no', text: 'No', why: 'Nothing has happened on CPU0 yet.' },
        ],
        truth: (seen) => yesNo(inTlb(seen, 0, 0)),
      },
      todo: 'Press 1 until CPU0 has written to va0, then 2 until CPU1 has sent the IPI.',
      goal: { kind: 'step', actor: 'cpu1', label: /^send IPI/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^send IPI/],
      ],
    },
    {
      text: ['CPU1 now waits. Only the acknowledgement tells it that CPU0 has forgotten.'],
      predict: {
        ask: 'After the acknowledgement, is va0 still in the TLB of CPU0?',
        options: [
          { id: 'yes', text: 'Yes', why: 'The handler flushes before it acknowledges.' },
          { id: 'no', text: 'No', why: 'The handler loads CR3 again, which drops every entry.' },
        ],
        truth: (seen) => yesNo(inTlb(seen, 0, 0)),
      },
      todo: 'Let the interrupt handler of CPU0 take two steps.',
      goal: { kind: 'step', actor: 'ipi0', label: /^acknowledge/ },
      play: [['ipi0', /^acknowledge/]],
    },
  ],
  sources: ['arch/x86/kernel/smp_32.c, Linux 2.6.25', 'Intel SDM, volume 3, 4.10.5'],
};

const why: Lesson = {
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
      todo: 'Press 2 until CPU1 has swung an entry.',
      goal: { kind: 'step', actor: 'cpu1', label: /^swing/ },
      play: [['cpu1', /^swing/]],
    },
  ],
  sources: ['Make page tables relocatable, linux-mm, October 2007 to May 2008', 'Mitosis, ASPLOS 2020'],
};

const swing: Lesson = {
  id: 'swing',
  title: 'Copy, then swing',
  minutes: 4,
  about: 'The two halves of a relocation, and the moment between them.',
  source: runOf('two-dirty', '2008-04-29'),
  steps: [
    {
      text: [
        'CPU1 holds page_table_lock and the ptl, so no other kernel thread may change the table. It copies the entries one by one.',
      ],
      predict: {
        ask: 'One entry is copied. Which table would a walk from CR3 reach now?',
        options: [
          { id: 'old', text: 'The old one', why: 'The parent entry still names it.' },
          { id: 'new', text: 'The copy', why: 'Nothing points to the copy before the swing.' },
        ],
        truth: (seen) => (framesOfKind(seen, 'limbo').length === 0 ? 'old' : 'new'),
      },
      todo: 'Press 2 until CPU1 has copied pte[0].',
      goal: { kind: 'step', actor: 'cpu1', label: /^copy pte\[0\]/ },
      play: [['cpu1', /^copy pte\[0\]/]],
    },
    {
      text: ['Locks stop other threads. They do not stop the hardware: CPU0 walks without any lock.'],
      predict: {
        ask: 'CPU0 writes va0 now, before the swing. Which entry gets D?',
        options: [
          {
            id: 'old',
            text: 'The old one alone',
            why: 'The walk reached the old table, and its entry was copied already.',
          },
          { id: 'new', text: 'Both', why: 'The hardware knows of one table only.' },
        ],
        truth: (seen) =>
          framesOfKind(seen, 'limbo').length === 1 && !leafBits(seen, 0).dirty ? 'old' : 'new',
      },
      todo: 'Press 1 until CPU0 has written to the page, then 2 until CPU1 has swung the entry.',
      goal: { kind: 'step', actor: 'cpu1', label: /^swing/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^swing/],
      ],
    },
  ],
  sources: ['Biro, Make page tables relocatable, 29 April 2008'],
};

/** What the kernel does, and why a table should move. */
export const KERNEL_LESSONS: readonly Lesson[] = [faults, shootdown, why, swing];
