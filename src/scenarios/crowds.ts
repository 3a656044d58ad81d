import {
  PMD3,
  PTE2,
  PTE3,
  read,
  reclaimer,
  relocation,
  relocator,
  scenario,
  small,
  user,
  write,
} from './parts.ts';
import type { Scenario } from './scenario.ts';

const onePage = (name: string, cpus: number, destination: number) =>
  small(name, { shape: 'two', vas: [{}], cpus, destination });

const writeReclaim = scenario({
  id: 'write-reclaim',
  title: 'A dirty bit and a page that is wanted back',
  about: 'CPU0 writes while the PTE table moves and reclaim takes the page. Is what was written ever lost?',
  world: onePage('write-reclaim', 3, 1),
  threads: [user(0, read(0), write(0)), relocator(1, PTE2), reclaimer(2)],
  sometimes: ['dirty-in-limbo', 'delimbo-changes-table'],
});

const flushRace = scenario({
  id: 'flush-race',
  title: 'Half-way through a flush',
  about: 'Reclaim arrives when the flag is already clear and CPU0 has not yet flushed.',
  world: onePage('flush-race', 3, 1),
  threads: [user(0, write(0)), relocator(1, PTE2), reclaimer(2)],
  sometimes: ['delimbo-changes-table'],
});

const writeProtected = scenario({
  id: 'write-protected',
  title: 'A fault that changes a live entry',
  about: 'The page is dirty and its entry lacks W: the write faults, and the kernel changes a present entry.',
  world: small('write-protected', {
    shape: 'two',
    vas: [{ readOnly: true, dirty: true }],
    cpus: 3,
    destination: 1,
  }),
  threads: [user(0, write(0)), relocator(1, PTE2), reclaimer(2)],
  sometimes: ['delimbo-changes-table'],
});

const twice = scenario({
  id: 'twice',
  title: 'The same table twice',
  about: 'A table moves again while its first copy is still in limbo.',
  world: onePage('twice', 2, 2),
  threads: [user(0, read(0), write(0)), relocator(1, PTE2, PTE2)],
  sometimes: ['double-relocation'],
});

const twiceReclaim = scenario({
  id: 'twice-reclaim',
  title: 'The same table twice, and reclaim',
  about: 'As “twice”, and the page is wanted back: which of three copies holds its dirty bit?',
  world: onePage('twice-reclaim', 3, 2),
  threads: [user(0, read(0), write(0)), relocator(1, PTE2, PTE2), reclaimer(2)],
  sometimes: ['double-relocation'],
});

const twiceFull = scenario({
  id: 'twice-full',
  title: 'Two whole relocations, one after the other',
  about: 'The second starts when the first has left: nothing of the first may be in its way.',
  world: onePage('twice-full', 2, 2),
  threads: [
    user(0, read(0), write(0)),
    { cpu: 1, name: 'relocate', mm: 0, actions: [relocation(PTE2), relocation(PTE2)] },
  ],
  sometimes: ['walk-through-limbo'],
});

const pteTopReclaim = scenario({
  id: 'pte-top-reclaim',
  title: 'PTE table, PGD and reclaim',
  about: 'A fault, a write, a reload of CR3 and reclaim, all around one moving PTE table.',
  world: small('pte-top-reclaim', { shape: 'two', vas: [{}, { empty: true }], cpus: 3, destination: 2 }),
  threads: [user(0, read(1), write(0)), relocator(1, PTE2, 'top'), reclaimer(2)],
  sometimes: ['walk-through-limbo', 'delimbo-changes-table'],
});

const twoRelocators = scenario({
  id: 'two-relocators',
  title: 'Two relocators, one table',
  about: 'A NUMA move and compaction want the same PTE table at once.',
  world: onePage('two-relocators', 3, 2),
  threads: [user(0, read(0), write(0)), relocator(1, PTE2), relocator(2, PTE2)],
  sometimes: ['double-relocation'],
});

const twoReclaim = scenario({
  id: 'two-reclaim',
  title: 'Two relocators and reclaim',
  about: 'One moves the PGD, one the PTE table, and reclaim wants the page: whose flush does what?',
  world: onePage('two-reclaim', 4, 2),
  threads: [user(0, write(0)), relocator(1, 'top'), relocator(2, PTE2), reclaimer(3)],
  sometimes: ['walk-through-limbo', 'delimbo-changes-table'],
});

const irqsOff = scenario({
  id: 'irqs-off',
  title: 'An IPI, a lock and interrupts that are off',
  about: 'CPU0 faults with page_table_lock held while CPU1, which runs the process too, spins for it.',
  world: small('irqs-off', {
    shape: 'two',
    vas: [{}, { empty: true }],
    cpus: 2,
    running: [0, 1],
    splitLocks: false,
    destination: 2,
  }),
  threads: [user(0, write(1)), relocator(1, PTE2, 'top')],
  sometimes: ['delimbo-changes-table'],
});

const mremapped = scenario({
  id: 'mremap',
  title: 'mremap between two moving tables',
  about: 'CPU0 moves a mapping from one PTE table to another, both locks held, while both tables move.',
  world: small('mremap', { shape: 'three', vas: [{}, {}, { empty: true }, {}], cpus: 2, destination: 2 }),
  threads: [
    user(0, write(0), { do: 'mremap', mm: 0, from: 0, to: 2 }),
    relocator(1, PTE3, { level: 2, va: 2 }),
  ],
  sometimes: ['delimbo-changes-table'],
});

const mremapReclaim = scenario({
  id: 'mremap-reclaim',
  title: 'mremap and reclaim want the same entry',
  about:
    'CPU0 wrote the page and moves its mapping, reclaim wants the page, and the table of both is in limbo.',
  world: small('mremap-reclaim', { shape: 'two', vas: [{}, { empty: true }], cpus: 3, destination: 1 }),
  threads: [user(0, write(0), { do: 'mremap', mm: 0, from: 0, to: 1 }), relocator(1, PTE2), reclaimer(2)],
  sometimes: ['delimbo-changes-table'],
});

const munmapped = scenario({
  id: 'munmap',
  title: 'munmap frees a table that is moving',
  about: 'CPU0 unmaps what it wrote and frees the PTE table; CPU1 moves that table and the one above.',
  world: small('munmap', { shape: 'three', vas: [{}], cpus: 2, destination: 2 }),
  threads: [user(0, write(0), { do: 'munmap', mm: 0, vas: [0] }), relocator(1, PMD3, PTE3)],
  sometimes: ['delimbo-changes-table'],
});

const owned = { privateMapping: true, dirty: true };
const forked = scenario({
  id: 'fork',
  title: 'fork while the parent’s table moves',
  about:
    'CPU0 copies the entries of two private pages to a child; CPU2, a thread of the parent, writes one of them.',
  world: small('fork', {
    shape: 'two',
    vas: [owned, owned],
    cpus: 3,
    running: [0, 2],
    destination: 1,
    second: { names: ['parent', 'child'], running: [], maps: 'nothing' },
  }),
  threads: [user(0, { do: 'fork', parent: 0, child: 1, vas: [0, 1] }), relocator(1, PTE2), user(2, write(0))],
  sometimes: ['delimbo-changes-table'],
});

const shared = { ...owned, readOnly: true };
const cow = scenario({
  id: 'cow',
  title: 'Copy-on-write after fork',
  about:
    'Parent and child write the page that they share; the allocation sleeps, the parent’s PTE table moves.',
  world: small('cow', {
    shape: 'two',
    vas: [shared],
    cpus: 3,
    running: [0],
    destination: 1,
    second: { names: ['parent', 'child'], running: [1], maps: 'pages' },
  }),
  threads: [user(0, write(0)), { cpu: 1, name: 'child', mm: 1, actions: [write(0)] }, relocator(2, PTE2)],
  switches: { allocationSleeps: true, speculation: null },
  sometimes: ['delimbo-changes-table'],
});

const sharedPmd = scenario({
  id: 'shared-pmd',
  title: 'A PMD table of two processes',
  about: 'Two processes share a PMD table. It is moved for the first; the second goes on using it.',
  world: small('shared-pmd', {
    shape: 'three',
    vas: [{}],
    cpus: 2,
    running: [],
    destination: 1,
    second: { names: ['first', 'second'], running: [0], maps: { sharedFrom: 1 } },
  }),
  threads: [{ cpu: 0, name: 'user', mm: 1, actions: [read(0), write(0)] }, relocator(1, PMD3)],
  sometimes: ['walk-through-limbo'],
});

/** Scenarios of more threads, more tables, or more processes. */
export const CROWDS: readonly Scenario[] = [
  writeReclaim,
  flushRace,
  writeProtected,
  twice,
  twiceReclaim,
  twiceFull,
  pteTopReclaim,
  twoRelocators,
  twoReclaim,
  irqsOff,
  mremapped,
  mremapReclaim,
  munmapped,
  forked,
  cow,
  sharedPmd,
];
