import { versionOf } from '../src/designs/versions.ts';
import type { ModelSpec } from '../src/explorer/model.ts';
import { buildModel } from '../src/scenarios/build.ts';
import { PTE2, read, reclaimer, relocator, scenario, small, user, write } from '../src/scenarios/parts.ts';
import { scenarioOf } from '../src/scenarios/scenarios.ts';
import type { Scenario } from '../src/scenarios/scenario.ts';

/** `two-reclaim` with more accesses: larger than any scenario that people are asked to look at. */
const longer = scenario({
  id: 'two-reclaim-longer',
  title: 'Two relocators, reclaim, and a program that goes on',
  about: 'As “two-reclaim”, but CPU0 reads, writes and reads.',
  world: small('two-reclaim-longer', { shape: 'two', vas: [{}], cpus: 4, destination: 2 }),
  threads: [user(0, read(0), write(0), read(0)), relocator(1, 'top'), relocator(2, PTE2), reclaimer(3)],
});

/** Accesses of `longest`: each adds some 5.7 million states. */
const ACCESSES = 13;

/** Larger than 60 million states: it takes minutes, and is measured by itself (`bench/search-large.ts`). */
const longest = scenario({
  id: 'two-reclaim-longest',
  title: 'Two relocators, reclaim, and a program that goes on for long',
  about: 'As “two-reclaim”, but CPU0 reads and writes in turn, many times.',
  world: small('two-reclaim-longest', { shape: 'two', vas: [{}], cpus: 4, destination: 2 }),
  threads: [
    user(0, ...Array.from({ length: ACCESSES }, (_, i) => (i % 2 === 0 ? read(0) : write(0)))),
    relocator(1, 'top'),
    relocator(2, PTE2),
    reclaimer(3),
  ],
});

/** What the search is measured on, by the power of ten that its states come near to. */
export interface BenchSubject {
  readonly size: number;
  readonly scenario: string;
  readonly design: string;
  /** log2 of the slots of SPIN's hash table: about as many as there are states. */
  readonly spinBits: number;
}

export const BENCH_SUBJECTS: readonly BenchSubject[] = [
  { size: 1e5, scenario: 'pte-top-reclaim', design: '2008-01-17', spinBits: 20 },
  { size: 1e6, scenario: 'two-reclaim', design: '2008-01-17', spinBits: 23 },
  { size: 1e7, scenario: 'two-reclaim-longer', design: '2008-01-04', spinBits: 25 },
  { size: 1e8, scenario: 'two-reclaim-longest', design: '2008-01-04', spinBits: 28 },
];

/** The model of a subject. Throws when there is no such scenario or design. */
export function benchModel({ scenario: id, design }: BenchSubject): ModelSpec {
  const found: Scenario | null = [longer, longest].find((own) => own.id === id) ?? scenarioOf(id);
  const version = versionOf(design);
  if (found === null || version === null) throw new Error(`there is no ${id} with ${design}`);
  return buildModel(found, version.design).model;
}
