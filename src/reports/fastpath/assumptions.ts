import type { Assumption } from '../assumption.ts';
import type { CostedMachine } from './machines.ts';

const ns = (value: number): string => `${value.toFixed(1)} ns`;

/** What the slow-downs stand on. */
export function fastpathAssumptions({ title, costs, source }: CostedMachine): readonly Assumption[] {
  return [
    {
      what: 'Page fault without relocation, 2.6.23',
      value: '1.96–2.05 µs',
      origin: 'published',
      source: 'lmbench; Biro and Dickins, linux-mm, 29 April 2008. The middle is used.',
    },
    {
      what: 'Page fault without relocation, 2.6.25-rc9',
      value: '2.14–2.26 µs',
      origin: 'published',
      source:
        'the same mails, the same machine. April’s patches were measured against it, March’s against 2.6.23.',
    },
    {
      what: 'Machine',
      value: title,
      origin: 'ours',
      source: 'The mails do not name theirs. x86-64 with NUMA early in 2008 was an Opteron.',
    },
    { what: 'Locked operation, line in the cache', value: ns(costs.locked), origin: 'published', source },
    {
      what: 'Locked operation, line at another CPU',
      value: ns(costs.lockedMiss),
      origin: 'published',
      source,
    },
    {
      what: 'Load, store, predicted branch',
      value: `${ns(costs.load)}, ${ns(costs.store)}, ${ns(costs.branch)}`,
      origin: 'ours',
      source:
        '3, 1 and 1 cycles: hits and right predictions, since lmbench does the same fault again and again.',
    },
    {
      what: 'Operations of each version',
      value: 'from its program',
      origin: 'ours',
      source:
        'The steps that a fault alone takes in the assembled program; what is both read and written in one step is locked.',
    },
  ];
}

/** What the model leaves out, and how far it is off because of that or otherwise. */
export const FASTPATH_LIMITS: readonly string[] = [
  'In the programs the marks of March (a bit) and April (a count) are one load and one branch alike, and both do two test-and-clear operations: the model sees no reason for half the cost, other than the slower fault of 2.6.25 that it is divided by.',
  'The author wrote with the April posting that part of the improvement may come from the change of kernel version. March also put all of delimbo in line at every caller, April moved it out of line: instruction cache, which is not modelled.',
  'Stalls between operations are not modelled: costs add up, nothing overlaps.',
];
