import type { Scenario } from './scenario.ts';
import { makeSmallWorld } from './small-world.ts';
import type { Action, ThreadScript } from './script.ts';

const NODE1 = 'free table frames of node 1';
const none = { allocationSleeps: false, speculation: null };
const read = (va: number): Action => ({ do: 'access', va, write: false });
const write = (va: number): Action => ({ do: 'access', va, write: true });
const user = (cpu: number, ...actions: Action[]): ThreadScript => ({ cpu, name: 'user', mm: 0, actions });

function relocator(cpu: number, ...tables: ('top' | { level: number; va: number })[]): ThreadScript {
  return { cpu, name: 'relocate', mm: 0, actions: [{ do: 'relocate', mm: 0, pool: NODE1, tables }] };
}

const relocateAll: ThreadScript = {
  cpu: 1,
  name: 'relocate',
  mm: 0,
  actions: [{ do: 'relocate-mm', mm: 0, source: 0, pool: NODE1 }],
};

const tree: Scenario = {
  id: 'tree',
  title: 'A whole tree moves to another node',
  about:
    'Four levels, one table each. CPU0 reads, writes and faults while CPU1 moves every table from node 0 to node 1.',
  world: makeSmallWorld({
    name: 'tree',
    shape: 'four',
    vas: [{}, { empty: true }],
    cpus: 2,
    running: [0],
    destination: 4,
  }),
  threads: [user(0, read(0), write(0), read(1)), relocateAll],
  switches: none,
  opensWith: { version: '2008-05-09', overrides: { nodeTest: 'pointee' } },
};

const tree3: Scenario = {
  id: 'tree3',
  title: 'A tree of three levels moves',
  about: 'Three levels, one table each, small enough to search. CPU0 reads while CPU1 moves the process.',
  world: makeSmallWorld({
    name: 'tree3',
    shape: 'three',
    vas: [{}, { empty: true }],
    cpus: 2,
    running: [0],
    destination: 3,
  }),
  threads: [user(0, read(0)), relocateAll],
  switches: none,
  opensWith: { version: '2008-05-09', overrides: { nodeTest: 'pointee' } },
};

const twoDirty: Scenario = {
  id: 'two-dirty',
  title: 'Two dirty bits, one moving table',
  about: 'CPU0 writes two pages of one PTE table while CPU1 moves that table: will both dirty bits arrive?',
  world: makeSmallWorld({
    name: 'two-dirty',
    shape: 'two',
    vas: [{}, {}],
    cpus: 2,
    running: [0],
    destination: 1,
  }),
  threads: [user(0, write(0), write(1)), relocator(1, { level: 1, va: 0 })],
  switches: none,
  opensWith: { version: '2008-05-09', overrides: {} },
};

const fault: Scenario = {
  id: 'fault',
  title: 'A page fault meets a moving table',
  about: 'CPU0 touches an address that has no page yet while CPU1 moves the PTE table that must hold it.',
  world: makeSmallWorld({
    name: 'fault',
    shape: 'two',
    vas: [{}, { empty: true }],
    cpus: 2,
    running: [0],
    destination: 1,
  }),
  threads: [user(0, read(1), read(0)), relocator(1, { level: 1, va: 0 })],
  switches: none,
  opensWith: { version: '2008-05-09', overrides: {} },
};

const sleepingFault: Scenario = {
  id: 'sleeping-fault',
  title: 'A fault that sleeps',
  about: 'As “fault”, but the page allocation sleeps, and two levels of tables move meanwhile.',
  world: makeSmallWorld({
    name: 'sleeping-fault',
    shape: 'three',
    vas: [{}, { empty: true }],
    cpus: 2,
    running: [0],
    destination: 2,
  }),
  threads: [user(0, read(1), read(0)), relocator(1, { level: 1, va: 0 }, { level: 2, va: 0 })],
  switches: { ...none, allocationSleeps: true },
  opensWith: { version: '2008-05-09', overrides: {} },
};

const upperFill: Scenario = {
  id: 'upper-fill',
  title: 'An upper entry is filled while its table moves',
  about: 'CPU0 faults where a whole PTE table is missing; the PMD table that must point to it is moving.',
  world: makeSmallWorld({
    name: 'upper-fill',
    shape: 'three',
    vas: [{}, {}, { empty: true }],
    cpus: 2,
    running: [0],
    destination: 1,
  }),
  threads: [user(0, read(2)), relocator(1, { level: 1, va: 0 })],
  switches: none,
  opensWith: { version: '2008-05-09', overrides: {} },
};

const top: Scenario = {
  id: 'top',
  title: 'The PGD itself moves',
  about: 'CR3 of CPU0 still holds the old PGD: the flush has to be a reload.',
  world: makeSmallWorld({ name: 'top', shape: 'two', vas: [{}, {}], cpus: 2, running: [0], destination: 1 }),
  threads: [user(0, read(0), write(0)), relocator(1, 'top')],
  switches: none,
  opensWith: { version: '2008-05-09', overrides: {} },
};

const pae: Scenario = {
  id: 'pae',
  title: 'PAE and its registers',
  about:
    'The four top entries live in registers of the CPU, loaded with CR3; CPU1 moves the PMD table below them.',
  world: makeSmallWorld({ name: 'pae', shape: 'pae', vas: [{}, {}], cpus: 2, running: [0], destination: 1 }),
  threads: [user(0, read(0), write(0)), relocator(1, { level: 1, va: 0 })],
  switches: none,
  opensWith: { version: '2008-05-09', overrides: {} },
};

const speculative: Scenario = {
  ...fault,
  id: 'speculative',
  title: 'Walks that no program asked for',
  about: 'As “fault”, and CPU0 may walk the tables speculatively at any moment, twice at most.',
  switches: { ...none, speculation: { cpu: 0, walks: 2 } },
};

/** All scenarios, the one that opens first at the head. */
export const SCENARIOS: readonly Scenario[] = [
  tree,
  tree3,
  twoDirty,
  fault,
  sleepingFault,
  upperFill,
  top,
  pae,
  speculative,
];

/** The scenario of that id; null when there is none. */
export function scenarioOf(id: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.id === id) ?? null;
}
