import { FEW_STATES, type SearchPlan } from '../../worker/search-plan.ts';
import type { Bounds, Ending, Figures, Outcome } from '../../worker/search-protocol.ts';

export function count(n: number): string {
  return Math.round(n).toLocaleString('en');
}

/** Bytes in MB of 2^20, one decimal where it is small. */
export function megabytes(bytes: number): string {
  const mb = bytes / (1 << 20);
  return `${mb < 10 ? mb.toFixed(1) : count(mb)} MB`;
}

export function rate({ states, seconds }: Figures): string {
  return seconds < 0.001 ? '–' : `${count(states / seconds)} states/s`;
}

/** Two different states may share a 64-bit fingerprint: n states miss one with less than this chance. */
export function missedChance(states: number): string {
  return (states ** 2 / 2 ** 65).toExponential(1);
}

const STOPPED: Readonly<Record<Exclude<Ending, 'all'>, (bounds: Bounds) => string>> = {
  states: ({ maxStates }) => `stopped at the bound of ${count(maxStates)} states`,
  memory: ({ maxBytes }) => `stopped at the bound of ${megabytes(maxBytes)}`,
  user: () => 'stopped by you',
};

/** How much of the state space was seen, as a clause. */
export function extent({ ending, figures, bounds }: Outcome): string {
  if (ending === 'all') return `exhaustive: all ${count(figures.states)} reachable states were visited`;
  const tried = `every schedule of up to ${count(figures.depth)} steps was tried`;
  return `not exhaustive: ${STOPPED[ending](bounds)}; ${count(figures.states)} states were visited, ${tried}`;
}

/** How many workers search or searched, and why not more; `states` is how far they are. */
export function workersInWords(plan: SearchPlan, workers: number, states: number): string {
  if (workers > 1) return `Workers: ${count(workers)}, together in shared memory.`;
  if (plan.workers === 1) return `Workers: 1, since ${plan.why}.`;
  if (states > FEW_STATES * 1.1) return 'Workers: 1, since memory for several could not be reserved.';
  return `Workers: 1; beyond ${count(FEW_STATES)} states ${count(plan.workers)} begin again together.`;
}
