import { type Lesson, runOf } from '../lesson.ts';
import { countSteps, framesOfKind, inTlb, leafBits, walkCached, yesNo } from '../seen.ts';

const SDM = 'Intel SDM, volume 3, chapter 4';

const table: Lesson = {
  id: 'table',
  title: 'What a page table is',
  minutes: 4,
  about: 'One address, two tables, one page: where a translation is written down.',
  source: runOf('two-dirty', '2008-05-09'),
  steps: [
    {
      text: [
        'A program uses virtual addresses. The tree at the right says where each one really is. Its root is the PGD; an entry of the PGD names a PTE table; an entry of the PTE table names a page.',
        'CPU0 is about to write to va0. Before it can, it must find the page.',
      ],
      predict: {
        ask: 'How many entries must the CPU read to find the page of va0, when it has nothing cached?',
        options: [
          {
            id: '1',
            text: 'One',
            why: 'One entry would do only if there were one level. Here a PGD entry leads to a PTE table first.',
          },
          { id: '2', text: 'Two', why: 'There are two levels, and a walk reads one entry at each.' },
          { id: '4', text: 'Four', why: 'Four levels are those of x86-64; this small machine has two.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      todo: 'Press 1 (CPU0) until it has set D in the entry of va0.',
      goal: { kind: 'step', actor: 'cpu0', label: /set A and D in/ },
      play: [['cpu0', /set A and D in/]],
    },
    {
      text: [
        'Look at the entry of va0 in the PTE table: P says that it is present, W that it may be written, A that it was used, D that the page was written to. The number is the frame, that is, which physical page.',
      ],
      predict: {
        ask: 'va1 lies in the same PTE table. Does its entry have D now?',
        options: [
          {
            id: 'yes',
            text: 'Yes, the table is shared',
            why: 'Each entry has bits of its own; only that of va0 was used.',
          },
          {
            id: 'no',
            text: 'No, bits belong to one entry',
            why: 'A and D are kept for each entry. The write went to va0.',
          },
        ],
        truth: (seen) => yesNo(leafBits(seen, 1).dirty),
      },
      todo: 'Press 1 once more: the store reaches the page.',
      goal: { kind: 'step', actor: 'cpu0', label: /^write to/ },
      play: [['cpu0', /^write to/]],
    },
  ],
  sources: [`${SDM}, 4.3 and 4.8`],
};

const walk: Lesson = {
  id: 'walk',
  title: 'A walk through four levels',
  minutes: 4,
  about: 'x86-64 reads one entry in each of four tables. Watch it go down.',
  source: runOf('tree', '2008-05-09', { nodeTest: 'pointee' }),
  steps: [
    {
      text: [
        'CR3 names the frame of the PGD. From there the CPU goes down: PGD, PUD, PMD, PTE. Each read is a step of its own here, and anything may happen between two of them.',
      ],
      predict: {
        ask: 'How many walk steps will the first read of va0 take?',
        options: [
          { id: '3', text: 'Three', why: 'The PTE table is read as well; it is the fourth.' },
          { id: '4', text: 'Four', why: 'One entry in each of four tables.' },
          { id: '5', text: 'Five', why: 'The page itself is not part of the walk. Five levels need LA57.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      todo: 'Press 1 until CPU0 reads from the page.',
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
    },
    {
      text: ['The caches of CPU0 are no longer empty. Next it writes to the same address.'],
      predict: {
        ask: 'The write wants D, which the cached entry lacks. How many tables does CPU0 read for it?',
        options: [
          {
            id: '0',
            text: 'None, the TLB has the page',
            why: 'It has, but with D clear. To set D in memory the CPU must go there.',
          },
          {
            id: '1',
            text: 'One, the PTE table',
            why: 'The paging-structure caches remember the way to the PTE table, so the walk starts there.',
          },
          {
            id: '4',
            text: 'Four again',
            why: 'That would be so with empty caches. The upper levels are cached.',
          },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/) - 4),
      },
      todo: 'Press 1 until the write reaches the page.',
      goal: { kind: 'step', actor: 'cpu0', label: /^write to/ },
      play: [['cpu0', /^write to/]],
    },
  ],
  sources: [`${SDM}, 4.5, 4.8 and 4.10.3`],
};

const caches: Lesson = {
  id: 'caches',
  title: 'TLB and paging-structure caches',
  minutes: 4,
  about: 'Two kinds of cache: one remembers pages, the other remembers the way.',
  source: runOf('top', '2008-05-09'),
  steps: [
    {
      text: [
        'The TLB keeps whole translations. The paging-structure caches keep the way down to a table. Both live in the CPU, and memory does not know about them.',
      ],
      predict: {
        ask: 'After one read of va0, what does CPU0 hold?',
        options: [
          {
            id: 'tlb',
            text: 'Only a TLB entry',
            why: 'The walk also remembers which table the PGD entry led to.',
          },
          { id: 'both', text: 'A TLB entry and a walk-cache entry', why: 'A walk fills both on its way.' },
          { id: 'none', text: 'Nothing until the second read', why: 'Caches are filled by the first walk.' },
        ],
        truth: (seen) => (!inTlb(seen, 0, 0) ? 'none' : walkCached(seen, 0) > 0 ? 'both' : 'tlb'),
      },
      todo: 'Press 1 until CPU0 has read from the page, then look at the TLB view.',
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
    },
    {
      text: ['Now CPU1 moves the PGD itself: it copies it to another frame and makes mm.pgd point there.'],
      predict: {
        ask: 'Does the CR3 of CPU0 follow at once?',
        options: [
          {
            id: 'yes',
            text: 'Yes, CR3 is part of the process',
            why: 'CR3 is a register of one CPU. Somebody must load it again.',
          },
          {
            id: 'no',
            text: 'No, CPU0 must be told',
            why: 'Until CPU0 reloads CR3 it walks from the old PGD.',
          },
        ],
        truth: (seen) => yesNo(framesOfKind(seen, 'limbo').length === 0),
      },
      todo: 'Press 2 (CPU1) until it has set mm.pgd.',
      goal: { kind: 'step', actor: 'cpu1', label: /^set pgd of mm/ },
      play: [['cpu1', /^set pgd of mm/]],
    },
  ],
  sources: [`${SDM}, 4.10.2 to 4.10.4`],
};

const dirty: Lesson = {
  id: 'dirty',
  title: 'Accessed and dirty',
  minutes: 4,
  about: 'Who sets A and D, when, and in which copy of the entry.',
  source: runOf('write-reclaim', '2008-05-09'),
  steps: [
    {
      text: [
        'The CPU sets A when it uses an entry, and D when it writes. The kernel clears them to learn what is still in use, and what must be written to disk.',
      ],
      predict: {
        ask: 'CPU0 first reads va0. Does that set D?',
        options: [
          { id: 'yes', text: 'Yes', why: 'A read changes nothing in the page, so D stays clear.' },
          { id: 'no', text: 'No', why: 'Only a write sets D.' },
        ],
        truth: (seen) => yesNo(leafBits(seen, 0).dirty),
      },
      todo: 'Press 1 until CPU0 has read from the page.',
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
    },
    {
      text: ['The next access is a write. The TLB entry has W but not D.'],
      predict: {
        ask: 'Where will D be set?',
        options: [
          {
            id: 'yes',
            text: 'In the PTE table, in memory',
            why: 'A locked read-modify-write sets it in the frame that the walk reached.',
          },
          {
            id: 'no',
            text: 'In the TLB alone',
            why: 'Then the kernel could never see it. The CPU walks again and writes to memory.',
          },
        ],
        truth: (seen) => yesNo(leafBits(seen, 0).dirty),
      },
      todo: 'Press 1 until D is set.',
      goal: { kind: 'step', actor: 'cpu0', label: /set A and D/ },
      play: [['cpu0', /set A and D/]],
    },
  ],
  sources: [`${SDM}, 4.8`],
};

const levels: Lesson = {
  id: 'levels',
  title: 'Levels, and levels that are folded',
  minutes: 3,
  about: 'Two levels, three, PAE: the same code walks them all.',
  source: runOf('pae', 'repaired'),
  steps: [
    {
      text: [
        'PAE has a PGD of four entries, which the CPU keeps in registers. They are loaded with CR3, not read by walks.',
      ],
      predict: {
        ask: 'How many tables does the first walk of va0 read in memory?',
        options: [
          { id: '2', text: 'Two: PMD and PTE', why: 'The top level comes from the registers.' },
          { id: '3', text: 'Three: PGD, PMD and PTE', why: 'The PGD was read earlier, when CR3 was loaded.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      todo: 'Press 1 until CPU0 has read from the page.',
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
    },
    {
      text: [
        'A kernel built for fewer levels folds those that are missing: the same code runs, and a folded level costs nothing. This run has two levels.',
      ],
      predict: {
        ask: 'How many tables does a first walk read with two levels?',
        options: [
          { id: '2', text: 'Two', why: 'PGD and PTE.' },
          { id: '4', text: 'Four, two of them empty', why: 'A folded level has no table at all.' },
        ],
        truth: (seen) => String(countSteps(seen, 'cpu0', /^walk: read/)),
      },
      opens: runOf('top', '2008-05-09'),
      todo: 'Press 1 until CPU0 has read from the page.',
      goal: { kind: 'step', actor: 'cpu0', label: /^read from/ },
      play: [['cpu0', /^read from/]],
    },
  ],
  sources: [`${SDM}, 4.4.1`, 'include/asm-generic/pgtable-nopud.h, Linux 2.6.25'],
};

/** How the machine translates. */
export const MACHINE_LESSONS: readonly Lesson[] = [table, walk, caches, dirty, levels];
