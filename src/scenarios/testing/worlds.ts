import { at } from '../../lib/at.ts';
import { entryFrame } from '../../machine/entry.ts';
import type { World } from '../../machine/world.ts';
import type { Scenario } from '../scenario.ts';
import type { Action, Switches, ThreadScript } from '../script.ts';
import { SCENARIOS } from '../scenarios.ts';
import { makeSmallWorld, type SmallWorld } from '../small-world.ts';

export const NODE1 = 'free table frames of node 1';

export const reads = (va: number): Action => ({ do: 'access', va, write: false });
export const writes = (va: number): Action => ({ do: 'access', va, write: true });

/** A user thread of the first process. */
export function userOn(cpu: number, ...actions: Action[]): ThreadScript {
  return { cpu, name: 'user', mm: 0, actions };
}

/** A thread that moves the named tables (the table of `level` on the way to va0, or the top). */
export function moverOn(cpu: number, ...levels: ('top' | number)[]): ThreadScript {
  const tables = levels.map((level) => (level === 'top' ? level : { level, va: 0 }));
  return { cpu, name: 'relocate', mm: 0, actions: [{ do: 'relocate', mm: 0, pool: NODE1, tables }] };
}

/** A thread that moves the whole process from node 0 to node 1. */
export function wholeMoverOn(cpu: number): ThreadScript {
  return { cpu, name: 'relocate', mm: 0, actions: [{ do: 'relocate-mm', mm: 0, source: 0, pool: NODE1 }] };
}

const QUIET: Switches = { allocationSleeps: false, speculation: null };

/** A scenario around a small world with a CPU for each thread, CPU0 running the process. */
export function scenarioOn(
  world: Partial<SmallWorld>,
  threads: readonly ThreadScript[],
  switches: Partial<Switches> = {},
): Scenario {
  return {
    ...at(SCENARIOS, 0),
    id: 'test',
    title: 'test',
    about: '',
    world: makeSmallWorld({
      name: 'test',
      shape: 'two',
      vas: [{}, {}],
      cpus: 1 + Math.max(...threads.map(({ cpu }) => cpu)),
      running: [0],
      destination: 6,
      ...world,
    }),
    threads,
    switches: { ...QUIET, ...switches },
    opensWith: { version: '2008-05-09', overrides: {} },
  };
}

/** The table of `level` on the way to a va in the world as it starts. */
export function startTable(world: World, vaId: number, level: number): number {
  const va = at(world.vas, vaId);
  let frame = at(world.mms, 0).pgd;
  for (let upper = 0; upper < level; upper++)
    frame = entryFrame(at(world.entries, frame * world.stride + at(va.path, upper)));
  return frame;
}
