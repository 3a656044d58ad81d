import { expect, it } from 'vitest';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';

/** All that a CPU is in a scenario but for its number: its thread's work, the processes it may cache, its node, speculation. */
function roleOf({ threads, world, switches }: Scenario, cpu: number): string {
  const work = threads.filter((thread) => thread.cpu === cpu).map(({ mm, actions }) => ({ mm, actions }));
  const caches = world.mms.map(({ cpus }) => (cpus >> cpu) & 1);
  const speculates = switches.speculation?.cpu === cpu;
  return JSON.stringify({ work, caches, node: world.cpuNodes[cpu], speculates });
}

function hasTwins(scenario: Scenario): boolean {
  const roles = Array.from({ length: scenario.world.cpus }, (_, cpu) => roleOf(scenario, cpu));
  return new Set(roles).size < roles.length;
}

it('two CPUs could stand for each other in one scenario only, which is why symmetry is not used', () => {
  expect(SCENARIOS.length).toBeGreaterThan(30);
  expect(SCENARIOS.filter(hasTwins).map(({ id }) => id)).toEqual(['two-relocators']);
});
