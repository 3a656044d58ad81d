import { type Lesson, runOf } from '../lesson.ts';
import { countSteps, dirtyInLimbo, framesOfKind, hasBroken, leafBits, yesNo } from '../seen.ts';

const THREAD = 'Make page tables relocatable, linux-mm, October 2007 to May 2008';

const limbo: Lesson = {
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
      todo: 'Press 1 until the write to va0 is done, 2 until the swing, then 1 until CPU0 reads pte[1].',
      goal: { kind: 'step', actor: 'cpu0', label: /^walk: read pte\[1\]/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^swing/],
        ['cpu0', /^walk: read pte\[1\]/],
      ],
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
      todo: 'Press 1 until D is set.',
      goal: { kind: 'step', actor: 'cpu0', label: /set A and D in pte\[1\]/ },
      play: [['cpu0', /set A and D in pte\[1\]/]],
    },
  ],
  sources: [THREAD, 'Intel SDM, volume 3, 4.10.3'],
};

const delimbo: Lesson = {
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
      todo: 'Press 1 until CPU0 has allocated a page, 2 until CPU1 has swung the entry and released both locks, then 1 until pte[1] is set.',
      goal: { kind: 'step', actor: 'cpu0', label: /^set pte\[1\]/ },
      play: [
        ['cpu0', /^allocate from/],
        ['cpu1', /^swing/],
        ['cpu1', /^unlock page_table_lock/],
        ['cpu0', /^set pte\[1\]/],
      ],
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
      todo: 'Press 1 until CPU0 has unlocked the ptl, and three times more; 2 until CPU1 has unlocked its ptl; then 1 until the entry is set.',
      goal: { kind: 'breaks', property: 'no-lost-write' },
      play: [
        ['cpu0', /^unlock ptl/],
        ['cpu0', 3],
        ['cpu1', /^unlock ptl/],
        ['cpu0', 3],
      ],
    },
  ],
  sources: [THREAD],
};

const rcu: Lesson = {
  id: 'rcu',
  title: 'Freeing under RCU',
  minutes: 5,
  about: 'RCU waits for kernel threads. It does not wait for a walk.',
  source: runOf('tree', '2008-01-04'),
  steps: [
    {
      text: [
        'The first posting hands each old table to RCU at once. RCU frees it when every CPU has been quiescent: in user mode, idle or asleep.',
        'CPU0 runs a program. It is in user mode even in the middle of a walk.',
      ],
      predict: {
        ask: 'CPU0 has read the PGD entry. RCU frees the old PUD table. What does CPU0 read next?',
        options: [
          {
            id: 'freed',
            text: 'The freed table',
            why: 'Nobody has flushed, and no walk holds RCU up. This is a use after free by hardware.',
          },
          { id: 'new', text: 'The new table', why: 'It has already been led to the old one.' },
        ],
        truth: (seen) => (hasBroken(seen, 'no-use-after-free') ? 'freed' : 'new'),
      },
      todo: 'Press 1 twice, 2 until CPU1 has swung the entry and sleeps for the next frame; let RCU free the table; press 1 again.',
      goal: { kind: 'breaks', property: 'no-use-after-free' },
      play: [
        ['cpu0', 2],
        ['cpu1', /^swing/],
        ['cpu1', /^may sleep/],
        ['rcu', 1],
        ['cpu0', 1],
      ],
    },
  ],
  sources: [THREAD, 'Documentation/RCU/whatisRCU.txt'],
};

const dirtyRace: Lesson = {
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
            why: 'D was freed with the old table. When the page is dropped as clean, the data is lost.',
          },
        ],
        truth: (seen) => yesNo(leafBits(seen, 1).dirty),
      },
      todo: 'Press 1 until va0 is written, 2 until the swing, 1 until va1 is written, then let CPU1 and the interrupt finish.',
      goal: { kind: 'breaks', property: 'no-lost-dirty' },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^swing/],
        ['cpu0', /^write to/],
        ['cpu1', /^send IPI/],
        ['ipi0', 2],
        ['cpu1', 200],
      ],
    },
  ],
  sources: [THREAD],
};

const versions: Lesson = {
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
      todo: 'Press 2 until CPU1 has marked the process and unlocked, then 1 until the property fails.',
      goal: { kind: 'breaks', property: 'lock-order' },
      play: [
        ['cpu1', /^nesting count/],
        ['cpu1', /^unlock page_table_lock/],
        ['cpu0', 200],
      ],
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
      todo: 'Press 2 until CPU1 has moved the PGD and unlocked.',
      goal: { kind: 'breaks', property: 'completeness' },
      play: [['cpu1', 200]],
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
      todo: 'Do as in the dirty-bit race: write va0, swing, write va1, and let CPU1 finish.',
      goal: { kind: 'breaks', property: 'no-lost-dirty' },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^swing/],
        ['cpu0', /^write to/],
        ['cpu1', /^send IPI/],
        ['ipi0', 2],
        ['cpu1', 200],
      ],
    },
  ],
  sources: [THREAD, 'src/designs/README.md: what fails in which version'],
};

const otherWays: Lesson = {
  id: 'other-ways',
  title: 'Another way: invalidate first',
  minutes: 4,
  about: 'Clear the entry, flush, and only then copy: no limbo for the hardware.',
  source: runOf('two-dirty', 'repaired'),
  steps: [
    {
      text: [
        'Hansen proposed another order in October 2007: clear the parent entry first, flush, copy, and set it again. Linux collapses huge pages so.',
      ],
      predict: {
        ask: 'The entry is cleared and CPU0 has flushed. It now writes va1. What happens?',
        options: [
          {
            id: 'fault',
            text: 'It faults and waits for the lock',
            why: 'The walk finds the cleared entry; the kernel waits until the table is back.',
          },
          {
            id: 'limbo',
            text: 'It walks through the old table',
            why: 'The way there is gone from memory and from its caches.',
          },
        ],
        truth: (seen) => (countSteps(seen, 'cpu0', /^enter the kernel/) > 0 ? 'fault' : 'limbo'),
      },
      todo: 'Press 1 until va0 is written, 2 until CPU1 has sent the IPI; let the interrupt handler take both steps; then press 1 until CPU0 enters the kernel.',
      goal: { kind: 'step', actor: 'cpu0', label: /^enter the kernel/ },
      play: [
        ['cpu0', /^write to/],
        ['cpu1', /^send IPI/],
        ['ipi0', 2],
        ['cpu0', /^enter the kernel/],
      ],
    },
    {
      text: [
        'The price is a flush for each table, with locks held. What is gained: no bit can be set in a table that has been copied.',
      ],
      predict: {
        ask: 'The copy is set in place. Is any table in limbo with a D that the tree lacks?',
        options: [
          { id: 'yes', text: 'Yes', why: 'The hardware could not reach the old table after the flush.' },
          {
            id: 'no',
            text: 'No',
            why: 'D of va0 was set before the copy and went with it; D of va1 will be set in the new table.',
          },
        ],
        truth: (seen) =>
          yesNo(framesOfKind(seen, 'limbo').length > 0 && dirtyInLimbo(seen) && !leafBits(seen, 0).dirty),
      },
      todo: 'Press 2 until CPU1 has set the entry again.',
      goal: { kind: 'step', actor: 'cpu1', label: /^(swing|set) pgd\[0\]/ },
      play: [['cpu1', /^(swing|set) pgd\[0\]/]],
    },
  ],
  sources: [THREAD, 'mm/khugepaged.c (collapse_huge_page)'],
};

/** Moving a table that is in use. */
export const RELOCATION_LESSONS: readonly Lesson[] = [limbo, delimbo, rcu, dirtyRace, versions, otherWays];
