import { CHARGED, type ChargedOperation, type Counts } from './charge.ts';

/** What operations cost on a machine, in ns, where the cache line is in the CPU's own cache. */
export interface OperationCosts {
  readonly locked: number;
  readonly load: number;
  readonly store: number;
  readonly branch: number;
  /** A locked operation on a line that another CPU wrote last. */
  readonly lockedMiss: number;
}

export interface CostedMachine {
  readonly id: string;
  readonly title: string;
  readonly costs: OperationCosts;
  readonly source: string;
}

const TABLES = 'McKenney, Is Parallel Programming Hard, section “Overheads”, tables of synchronization costs';

/** A load that hits the first cache, a store and a branch that was predicted, in cycles: ours, from both vendors' guides. */
const LOAD_CYCLES = 3;
const STORE_CYCLES = 1;
const BRANCH_CYCLES = 1;

function machine(
  spec: Pick<CostedMachine, 'id' | 'title'> & { ghz: number; locked: number; lockedMiss: number },
): CostedMachine {
  const { id, title, ghz, locked, lockedMiss } = spec;
  const costs = {
    locked,
    load: LOAD_CYCLES / ghz,
    store: STORE_CYCLES / ghz,
    branch: BRANCH_CYCLES / ghz,
    lockedMiss,
  };
  return { id, title, costs, source: TABLES };
}

/**
 * Machines of the time whose locked operations somebody published. The mails do not say on which one lmbench ran; it was
 * x86-64 with NUMA early in 2008, and that was an Opteron.
 */
export const MACHINES: readonly CostedMachine[] = [
  machine({
    id: 'opteron-844',
    title: 'Opteron 844, 1.8 GHz (2004)',
    ghz: 1.8,
    locked: 37.9,
    lockedMiss: 306,
  }),
  machine({ id: 'x5550', title: 'Xeon X5550, 2.8 GHz (2009)', ghz: 2.8, locked: 12.2, lockedMiss: 95.9 }),
];

/** Cost of operations in ns. `missShare`: how often a locked operation finds its line at another CPU, 0 to 1. */
export function costOf(counts: Counts, costs: OperationCosts, missShare: number): number {
  const all = CHARGED.reduce((sum, operation) => sum + counts[operation] * costs[operation], 0);
  // Once fetched, the line stays for the operations that follow at once: one miss a fault.
  const misses = counts.locked > 0 ? missShare : 0;
  return all + misses * (costs.lockedMiss - costs.locked);
}

/** Cost of one kind of operation in ns. */
export function costOfKind(counts: Counts, costs: OperationCosts, operation: ChargedOperation): number {
  return counts[operation] * costs[operation];
}
