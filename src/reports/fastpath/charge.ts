import type { FaultStep } from './trace.ts';

/** What a step costs a CPU. `locked`: an atomic read-modify-write; `allocation`: taking a page, not looked into. */
export type Operation = 'load' | 'store' | 'locked' | 'branch' | 'allocation';

/** Operations that are charged, in the order of charts. */
export const CHARGED = ['locked', 'load', 'store', 'branch'] as const satisfies readonly Operation[];
export type ChargedOperation = (typeof CHARGED)[number];

/** A memory operand by the cache line that it lives in. */
export type CacheLine = 'mm_struct' | 'struct page' | 'page table' | 'other';

export interface ChargedStep {
  readonly label: string;
  readonly operation: Operation;
  readonly branches: number;
  readonly line: CacheLine;
  /** Other CPUs that run the process write to the same line in their faults. */
  readonly shared: boolean;
  /** It is there only because tables may move. */
  readonly forRelocation: boolean;
}

/** Routines that a kernel without relocation does not have. */
const RELOCATION_ROUTINE = /^(delimbo_.*|maybe_reload)$/;

/** A step as a CPU is charged for it, worked out from what the program says that it reads and writes. */
export function charge(step: FaultStep): ChargedStep {
  const line = lineOf([...step.writes, ...step.reads]);
  return {
    label: step.label,
    operation: operationOf(step),
    branches: step.branches,
    line,
    shared: line === 'mm_struct',
    forRelocation: step.routines.some((routine) => RELOCATION_ROUTINE.test(routine)),
  };
}

/** What is read and written in one step must be done by one locked instruction; a release is a plain store on x86. */
function operationOf({ tag, reads, writes }: FaultStep): Operation {
  if (tag === 'allocate') return 'allocation';
  if (writes.some((field) => reads.includes(field))) return 'locked';
  return writes.length > 0 ? 'store' : 'load';
}

function lineOf(fields: readonly string[]): CacheLine {
  if (fields.some((field) => field.startsWith('mm.'))) return 'mm_struct';
  if (fields.includes('frame.ptl')) return 'struct page';
  return fields.includes('entries') ? 'page table' : 'other';
}

/** How often each operation is carried out. */
export type Counts = Readonly<Record<ChargedOperation, number>>;

export function countOperations(steps: readonly ChargedStep[]): Counts {
  const of = (operation: Operation): number => steps.filter((step) => step.operation === operation).length;
  const branches = steps.reduce((sum, step) => sum + step.branches, 0);
  return { locked: of('locked'), load: of('load'), store: of('store'), branch: branches };
}

/** Each count of `a` less that of `b`. */
export function subtractCounts(a: Counts, b: Counts): Counts {
  return {
    locked: a.locked - b.locked,
    load: a.load - b.load,
    store: a.store - b.store,
    branch: a.branch - b.branch,
  };
}
