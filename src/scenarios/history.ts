import { read, scenario, small, user } from './parts.ts';
import type { Scenario } from './scenario.ts';

/**
 * Races that Linux had, and the commit that ended each. Nothing is relocated here: what the choices of 2008 decide does not
 * matter, and every version holds; each opens with the order that was wrong.
 */
const mremapRace = scenario({
  id: 'mremap-race',
  title: 'mremap, and a page taken from its new place',
  about:
    'CPU0 moves va0’s page to va2 while CPU1 still has va0 in its TLB and CPU2 wants the page. Linux until eb66ae030829 (2018, CVE-2018-18281) flushed after it had released the locks.',
  world: small('mremap-race', {
    shape: 'two',
    vas: [{}, {}, { empty: true }, {}],
    cpus: 3,
    running: [0, 1],
    destination: 0,
  }),
  threads: [
    { cpu: 0, name: 'mremap', mm: 0, actions: [{ do: 'mremap', mm: 0, from: 0, to: 2 }] },
    user(1, read(0), read(0)),
    { cpu: 2, name: 'reclaim', mm: 0, actions: [{ do: 'reclaim', mm: 0, va: 2, pageOf: 0 }] },
  ],
  opensWith: { version: '2008-05-09', overrides: { mremapFlush: 'after-unlock' } },
});

const collectRace = scenario({
  id: 'collect-race',
  title: 'madvise after an entry was cleared, before the flush',
  about:
    'CPU0 collects va0’s page to migrate it; CPU1 gives the page up and reads again. Linux until 60bae7370896 (2022) released the ptl before the flush, so that madvise found nothing to flush.',
  world: small('collect-race', {
    shape: 'two',
    vas: [{}, { empty: true }],
    cpus: 2,
    running: [0, 1],
    destination: 0,
  }),
  threads: [
    { cpu: 0, name: 'migrate', mm: 0, actions: [{ do: 'migrate-collect', mm: 0, va: 0 }] },
    user(1, read(0), { do: 'madvise', mm: 0, va: 0 }, read(0)),
  ],
  opensWith: { version: '2008-05-09', overrides: { collectFlush: 'after-unlock' } },
});

const gatherRace = scenario({
  id: 'gather-race',
  title: 'munmap frees a table before the shoot-down',
  about:
    'CPU0 unmaps the only page of a table and frees the table while CPU1 walks. Under memory pressure Linux freed such tables before the flush, until the merge 706a1ea65e6f (2018).',
  world: small('gather-race', {
    shape: 'two',
    vas: [{}, { empty: true }],
    cpus: 2,
    running: [0, 1],
    destination: 0,
  }),
  threads: [
    { cpu: 0, name: 'munmap', mm: 0, actions: [{ do: 'munmap', mm: 0, vas: [0] }] },
    user(1, read(0)),
  ],
  opensWith: { version: '2008-05-09', overrides: { tableFreeOrder: 'before-flush' } },
});

/** Scenarios of real races of the same family. */
export const HISTORY: readonly Scenario[] = [mremapRace, collectRace, gatherRace];
