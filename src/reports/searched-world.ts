import { kindNumber } from '../machine/world.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** What was searched, in figures: a verdict holds for this and no more. */
export interface SearchedWorld {
  readonly title: string;
  readonly cpus: number;
  readonly threads: number;
  readonly tables: number;
  readonly vas: number;
  readonly speculation: boolean;
}

/** The figures of a scenario. */
export function searchedWorld({ world, threads, switches, title }: Scenario): SearchedWorld {
  return {
    title,
    cpus: world.cpus,
    threads: threads.length,
    tables: Array.from(world.kind).filter((kind) => kind === kindNumber('table')).length,
    vas: world.vas.length,
    speculation: switches.speculation !== null,
  };
}

/** The same in words: `2 CPUs, 2 threads, 5 tables, 2 addresses, without speculative walks`. */
export function worldInWords({ cpus, threads, tables, vas, speculation }: SearchedWorld): string {
  const things = [
    counted(cpus, 'CPU', 'CPUs'),
    counted(threads, 'thread', 'threads'),
    counted(tables, 'table', 'tables'),
    counted(vas, 'address', 'addresses'),
  ];
  return `${things.join(', ')}, ${speculation ? 'with' : 'without'} speculative walks`;
}

function counted(n: number, one: string, many: string): string {
  return `${String(n)} ${n === 1 ? one : many}`;
}
