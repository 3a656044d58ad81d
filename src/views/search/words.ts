import { PROGRESS_STATES } from '../../reports/audit.ts';
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

const NOT_JUDGED = {
  search: 'not all states were visited',
  states: `the graph of states has more than ${count(PROGRESS_STATES)}, or more than the bound`,
  memory: 'the graph of states met the bound of memory',
  user: 'stopped by you',
} as const;

/** Whether every fair run ends, and what that is worth, as a sentence. */
export function progressInWords({ verdicts }: Outcome): string {
  const found = verdicts.find(({ property }) => property === 'progress');
  if (found === undefined)
    return 'Not judged: progress, whether every fair run ends. Choose it above, and start again.';
  const { verdict, schedule, cycleStart = 0, excused, why } = found;
  if (verdict === 'not checked') return `Progress was not judged: ${NOT_JUDGED[why ?? 'search']}.`;
  if (verdict === 'fails')
    return `Progress: after ${count(cycleStart)} steps the last ${count((schedule?.length ?? 0) - cycleStart)} of the run shown can repeat for ever, and that is fair to everybody.`;
  const but = ', runs that are out of memory again and again not counted';
  return `Progress: every run that is fair to threads, interrupts and callbacks ends${excused === true ? but : ''}.`;
}

/** How many workers search or searched, and why not more; `states` is how far they are. */
export function workersInWords(plan: SearchPlan, workers: number, states: number): string {
  if (workers > 1) return `Workers: ${count(workers)}, together in shared memory.`;
  if (plan.workers === 1) return `Workers: 1, since ${plan.why}.`;
  if (states > FEW_STATES * 1.1) return 'Workers: 1, since memory for several could not be reserved.';
  return `Workers: 1; beyond ${count(FEW_STATES)} states ${count(plan.workers)} begin again together.`;
}
