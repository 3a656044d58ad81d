import type { SourceId } from './bibliography.ts';

/** A word of this page, what it means, and the step of a lesson where one sees it. */
export interface Concept {
  readonly word: string;
  readonly means: string;
  readonly lesson: string;
  readonly step: number;
  readonly sources: readonly SourceId[];
}

/** In the order of the alphabet. */
export const CONCEPTS: readonly Concept[] = [
  {
    word: 'accessed bit (A)',
    means: 'Set by the hardware in every entry that a walk uses.',
    lesson: 'dirty',
    step: 0,
    sources: ['sdm-4.8'],
  },
  {
    word: 'delimbo',
    means: 'To walk again from mm.pgd after taking a lock, so as to work on the current table.',
    lesson: 'delimbo',
    step: 0,
    sources: ['biro-2008-01-04'],
  },
  {
    word: 'dirty bit (D)',
    means: 'Set in the leaf entry by a write: the page is newer than its copy on disk.',
    lesson: 'dirty',
    step: 1,
    sources: ['sdm-4.8'],
  },
  {
    word: 'entry',
    means: 'One slot of a table: empty, or a frame with its bits.',
    lesson: 'table',
    step: 0,
    sources: ['sdm-4.2'],
  },
  {
    word: 'folded level',
    means: 'A level that a machine with fewer levels lacks; the same code runs.',
    lesson: 'levels',
    step: 1,
    sources: ['linux-nopud'],
  },
  {
    word: 'invalidate first',
    means: 'Clear the entry, flush, copy, set it again: no limbo for the hardware.',
    lesson: 'other-ways',
    step: 0,
    sources: ['hansen-2007-10', 'linux-khugepaged'],
  },
  {
    word: 'IPI',
    means: 'An interrupt from one CPU to another: a request to flush.',
    lesson: 'shoot-down',
    step: 0,
    sources: ['sdm-4.10.5', 'linux-smp'],
  },
  {
    word: 'limbo',
    means: 'A table that was replaced while its old copy may still be in use.',
    lesson: 'limbo',
    step: 0,
    sources: ['biro-2008-01-04'],
  },
  {
    word: 'page fault',
    means: 'What the CPU does where a walk finds nothing: it enters the kernel.',
    lesson: 'faults',
    step: 0,
    sources: ['sdm-4.7'],
  },
  {
    word: 'page table',
    means: 'A page of entries of one level; the tree of them translates addresses.',
    lesson: 'table',
    step: 0,
    sources: ['sdm-4.2'],
  },
  {
    word: 'paging-structure cache',
    means: 'Remembers the way down to a table.',
    lesson: 'caches',
    step: 0,
    sources: ['sdm-4.10.3'],
  },
  {
    word: 'PDPTE registers',
    means: 'PAE keeps its four top entries in the CPU, loaded with CR3.',
    lesson: 'levels',
    step: 0,
    sources: ['sdm-4.4.1'],
  },
  {
    word: 'ptl',
    means: 'The spinlock of one PTE table.',
    lesson: 'faults',
    step: 1,
    sources: ['linux-memory', 'linux-vm-locking'],
  },
  {
    word: 'RCU',
    means: 'Frees what was replaced once every CPU has been quiescent.',
    lesson: 'rcu',
    step: 0,
    sources: ['linux-rcu'],
  },
  {
    word: 'relocation',
    means: 'To copy a table that is in use into another frame and swing its parent entry.',
    lesson: 'swing',
    step: 0,
    sources: ['biro-2007-10-25'],
  },
  {
    word: 'replicas',
    means: 'A copy of every table on each node. A write goes to all of them; A and D are read from all.',
    lesson: 'replicas',
    step: 0,
    sources: ['mitosis'],
  },
  {
    word: 'swing',
    means: 'The one write that puts the copy into the tree.',
    lesson: 'swing',
    step: 1,
    sources: ['biro-2008-01-04'],
  },
  {
    word: 'TLB',
    means: 'Remembers whole translations of a CPU.',
    lesson: 'caches',
    step: 0,
    sources: ['sdm-4.10.2'],
  },
  {
    word: 'TLB shoot-down',
    means: 'To make every CPU forget, and to wait until each has.',
    lesson: 'shoot-down',
    step: 1,
    sources: ['sdm-4.10.5', 'linux-smp'],
  },
  {
    word: 'walk',
    means: 'What the hardware does on a TLB miss: one entry read at each level.',
    lesson: 'walk',
    step: 0,
    sources: ['sdm-4.5'],
  },
];
