import type { Scenario } from './scenario.ts';
import type { Action, Switches, ThreadScript } from './script.ts';
import { makeSmallWorld, type SmallWorld, tablePoolName } from './small-world.ts';

export const NODE1 = tablePoolName(1);
export const none: Switches = { allocationSleeps: false, speculation: null };
export const read = (va: number): Action => ({ do: 'access', va, write: false });
export const write = (va: number): Action => ({ do: 'access', va, write: true });

/** A table to move: 'top', or by level (counted from the top, 1 or more) on the way to a va. */
export type Table = 'top' | { readonly level: number; readonly va: number };

export function user(cpu: number, ...actions: Action[]): ThreadScript {
  return { cpu, name: 'user', mm: 0, actions };
}

/** One relocation of the named tables, in one enter and leave, destination node 1. */
export function relocation(...tables: Table[]): Action {
  return { do: 'relocate', mm: 0, pool: NODE1, tables };
}

export function relocator(cpu: number, ...tables: Table[]): ThreadScript {
  return { cpu, name: 'relocate', mm: 0, actions: [relocation(...tables)] };
}

export function reclaimer(cpu: number, va = 0): ThreadScript {
  return { cpu, name: 'reclaim', mm: 0, actions: [{ do: 'reclaim', mm: 0, va }] };
}

/** The PTE table of va0 in worlds of two levels, and of three. */
export const PTE2: Table = { level: 1, va: 0 };
export const PMD3: Table = { level: 1, va: 0 };
export const PTE3: Table = { level: 2, va: 0 };

export type WorldSpec = Omit<SmallWorld, 'name' | 'running'> & { readonly running?: readonly number[] };

/** A small world that CPU0 runs in, unless said otherwise. */
export function small(name: string, spec: WorldSpec): SmallWorld {
  return { name, running: [0], ...spec };
}

export type ScenarioSpec = Pick<Scenario, 'id' | 'title' | 'about' | 'threads'> &
  Partial<Pick<Scenario, 'switches' | 'opensWith' | 'sometimes'>> & { readonly world: SmallWorld };

/** Fills in what most scenarios have in common: no switches, opened with the last posting as it was. */
export function scenario({ world: description, ...spec }: ScenarioSpec): Scenario {
  return {
    switches: none,
    opensWith: { version: '2008-05-09', overrides: {} },
    sometimes: [],
    ...spec,
    world: makeSmallWorld(description),
    description,
  };
}
