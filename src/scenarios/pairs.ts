import { PMD3, PTE2, PTE3, read, relocator, scenario, small, user, write, NODE1, none } from './parts.ts';
import type { Scenario } from './scenario.ts';
import type { ThreadScript } from './script.ts';

const relocateAll: ThreadScript = {
  cpu: 1,
  name: 'relocate',
  mm: 0,
  actions: [{ do: 'relocate-mm', mm: 0, source: 0, pool: NODE1 }],
};
const pointee = { version: '2008-05-09', overrides: { nodeTest: 'pointee' } } as const;
const oneMissing = [{}, { empty: true }];

const tree = scenario({
  id: 'tree',
  title: 'A whole tree moves to another node',
  about:
    'Four levels, one table each. CPU0 reads, writes and faults while CPU1 moves every table from node 0 to node 1.',
  world: small('tree', { shape: 'four', vas: oneMissing, cpus: 2, destination: 4 }),
  threads: [user(0, read(0), write(0), read(1)), relocateAll],
  opensWith: pointee,
  sometimes: ['walk-through-limbo'],
});

const tree3 = scenario({
  id: 'tree3',
  title: 'A tree of three levels moves',
  about: 'Three levels, one table each, small enough to search. CPU0 reads while CPU1 moves the process.',
  world: small('tree3', { shape: 'three', vas: [{}], cpus: 2, destination: 3 }),
  threads: [user(0, read(0)), relocateAll],
  opensWith: pointee,
  sometimes: ['walk-through-limbo'],
});

const twoDirty = scenario({
  id: 'two-dirty',
  title: 'Two dirty bits, one moving table',
  about: 'CPU0 writes two pages of one PTE table while CPU1 moves that table: will both dirty bits arrive?',
  world: small('two-dirty', { shape: 'two', vas: [{}, {}], cpus: 2, destination: 1 }),
  threads: [user(0, write(0), write(1)), relocator(1, PTE2)],
  sometimes: ['dirty-in-limbo'],
});

const fault = scenario({
  id: 'fault',
  title: 'A page fault meets a moving table',
  about: 'CPU0 touches an address that has no page yet while CPU1 moves the PTE table that must hold it.',
  world: small('fault', { shape: 'two', vas: oneMissing, cpus: 2, destination: 1 }),
  threads: [user(0, read(1), read(0)), relocator(1, PTE2)],
  sometimes: ['delimbo-changes-table'],
});

const sleepingFault = scenario({
  id: 'sleeping-fault',
  title: 'A fault that sleeps',
  about: 'As “fault”, but the page allocation sleeps, and two levels of tables move meanwhile.',
  world: small('sleeping-fault', { shape: 'three', vas: oneMissing, cpus: 2, destination: 2 }),
  threads: [user(0, read(1), read(0)), relocator(1, PMD3, PTE3)],
  switches: { ...none, allocationSleeps: true },
  sometimes: ['delimbo-changes-table'],
});

const sleepingFill = scenario({
  id: 'sleeping-fill',
  title: 'A fault that sleeps for a whole table',
  about: 'As “upper-fill”, but the allocation of the missing PTE table sleeps while the PMD table moves.',
  world: small('sleeping-fill', {
    shape: 'three',
    vas: [{}, {}, { empty: true }],
    cpus: 2,
    destination: 1,
  }),
  threads: [user(0, read(2)), relocator(1, PMD3)],
  switches: { ...none, allocationSleeps: true },
  sometimes: ['walk-through-limbo'],
});

const upperFill = scenario({
  id: 'upper-fill',
  title: 'An upper entry is filled while its table moves',
  about: 'CPU0 faults where a whole PTE table is missing; the PMD table that must point to it is moving.',
  world: small('upper-fill', { shape: 'three', vas: [{}, {}, { empty: true }], cpus: 2, destination: 1 }),
  threads: [user(0, read(2)), relocator(1, PMD3)],
  sometimes: ['walk-through-limbo'],
});

const top = scenario({
  id: 'top',
  title: 'The PGD itself moves',
  about: 'CR3 of CPU0 still holds the old PGD: the flush has to be a reload.',
  world: small('top', { shape: 'two', vas: [{}, {}], cpus: 2, destination: 1 }),
  threads: [user(0, read(0), write(0)), relocator(1, 'top')],
  sometimes: ['walk-through-limbo'],
});

const lazy = scenario({
  id: 'lazy',
  title: 'A lazy CPU',
  about:
    'CPU0 runs a kernel thread and keeps the process’s CR3. A flush makes it leave the process; then it comes back.',
  world: small('lazy', { shape: 'two', vas: [{}], cpus: 2, destination: 2 }),
  threads: [user(0, read(0), { do: 'kernel-thread', mm: 0 }, write(0)), relocator(1, PTE2, 'top')],
  sometimes: ['lazy-cpu-leaves'],
});

const noMemory = scenario({
  id: 'no-memory',
  title: 'The destination runs out of frames',
  about: 'Two tables are to move, and there is one free frame.',
  world: small('no-memory', { shape: 'three', vas: [{}], cpus: 2, destination: 1 }),
  threads: [user(0, read(0), write(0)), relocator(1, PMD3, PTE3)],
  sometimes: ['no-memory'],
});

const pae = scenario({
  id: 'pae',
  title: 'PAE and its registers',
  about:
    'The four top entries live in registers of the CPU, loaded with CR3; CPU1 moves the PMD table below them.',
  world: small('pae', { shape: 'pae', vas: [{}, {}], cpus: 2, destination: 1 }),
  threads: [user(0, read(0), write(0)), relocator(1, PMD3)],
  sometimes: ['walk-through-limbo'],
});

const speculative: Scenario = {
  ...fault,
  id: 'speculative',
  title: 'Walks that no program asked for',
  about: 'As “fault”, and CPU0 may walk the tables speculatively at any moment, twice at most.',
  switches: { ...none, speculation: { cpu: 0, walks: 2 } },
};

/** Scenarios of one thread that uses memory and one that moves its tables. */
export const PAIRS: readonly Scenario[] = [
  tree,
  tree3,
  twoDirty,
  fault,
  sleepingFault,
  upperFill,
  sleepingFill,
  top,
  lazy,
  noMemory,
  pae,
  speculative,
];
