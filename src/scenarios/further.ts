import { NODE1, PMD3, PTE2, read, reclaimer, relocator, scenario, small, user, write } from './parts.ts';
import type { Scenario } from './scenario.ts';

const hotRemove = scenario({
  id: 'hot-remove',
  title: 'A range of frames is emptied',
  about:
    'Memory hot-remove: the tables in frames 2 and 3 (a PMD table and one of two PTE tables) are to leave; CPU0 uses both.',
  world: small('hot-remove', { shape: 'three', vas: [{}, {}, {}], cpus: 2, destination: 2 }),
  threads: [
    user(0, read(0), write(2)),
    {
      cpu: 1,
      name: 'hot-remove',
      mm: 0,
      actions: [{ do: 'relocate-range', mm: 0, first: 2, count: 2, pool: NODE1 }],
    },
  ],
  opensWith: { version: '2008-05-09', overrides: { nodeTest: 'pointee' } },
  sometimes: ['walk-through-limbo'],
});

const notYoung = scenario({
  id: 'not-young',
  title: 'An accessed bit set in limbo',
  about:
    'Nobody has touched va0 for a while. CPU0 reads it through a stale cache while its PTE table moves: is A kept?',
  world: small('not-young', { shape: 'two', vas: [{ old: true }, {}], cpus: 2, destination: 1 }),
  threads: [user(0, read(1), read(0)), relocator(1, PTE2)],
  sometimes: ['walk-through-limbo'],
});

const fiveLevels = scenario({
  id: 'five-levels',
  title: 'Five levels',
  about:
    'LA57: a P4D table between PGD and PUD. CPU1 moves it and the PUD table below while CPU0 reads and writes.',
  world: small('five-levels', { shape: 'five', vas: [{}], cpus: 2, destination: 2 }),
  threads: [user(0, read(0), write(0)), relocator(1, { level: 1, va: 0 }, { level: 2, va: 0 })],
  sometimes: ['walk-through-limbo'],
});

const twoNodes = scenario({
  id: 'two-nodes',
  title: 'A page that two nodes use',
  about:
    'CPU0 on node 0 writes a page, CPU1 on node 1 reads it, and reclaim wants it. With a copy of the tables on each node: whose D counts?',
  world: small('two-nodes', {
    shape: 'two',
    vas: [{}],
    cpus: 3,
    running: [0, 1],
    cpuNodes: [0, 1, 0],
    destination: 0,
  }),
  threads: [user(0, write(0)), user(1, read(0)), reclaimer(2)],
  opensWith: { version: '2008-05-09', overrides: { replicas: 'per-node' } },
});

const topMunmap = scenario({
  id: 'top-munmap',
  title: 'munmap frees a table while the PGD is in limbo',
  about:
    'CPU0 still walks from the old PGD, where munmap clears nothing; then it touches the address again. Which table does it find?',
  world: small('top-munmap', { shape: 'two', vas: [{}, { empty: true }], cpus: 2, destination: 1 }),
  threads: [user(0, { do: 'munmap', mm: 0, vas: [0] }, read(0)), relocator(1, 'top')],
  sometimes: ['walk-through-limbo'],
});

const topPte = scenario({
  id: 'top-pte',
  title: 'The PGD first, then a PTE table',
  about:
    'CPU0 writes while it still walks from the old PGD, which leads to the old PTE table whatever happens in the new one.',
  world: small('top-pte', { shape: 'two', vas: [{}], cpus: 3, destination: 2 }),
  threads: [user(0, read(0), write(0)), relocator(1, 'top', PTE2), reclaimer(2)],
  sometimes: ['walk-through-limbo'],
});

const huge = scenario({
  id: 'huge',
  title: 'A huge page under a moving PMD table',
  about:
    'va2 is mapped by a PMD entry. CPU0 writes it while CPU1 moves the PMD table and CPU2 wants the page.',
  world: small('huge', {
    shape: 'three',
    vas: [{}, {}, { huge: true }],
    cpus: 3,
    destination: 1,
  }),
  threads: [user(0, read(2), write(2)), relocator(1, PMD3), reclaimer(2, 2)],
  sometimes: ['walk-through-limbo'],
});

/** Other causes, other bits, other geometries, other nodes. */
export const FURTHER: readonly Scenario[] = [
  hotRemove,
  notYoung,
  fiveLevels,
  twoNodes,
  topMunmap,
  topPte,
  huge,
];
