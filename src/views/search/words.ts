import { switchesOf } from '../../explorer/fewest-switches.ts';
import { missedChance } from '../../explorer/missed-chance.ts';
import { PROGRESS_STATES } from '../../reports/audit.ts';
import { reductionWords, scheduleWords } from '../../reports/reduction-words.ts';
import { stoppedInWords } from '../../reports/stopped-words.ts';
import type { Schedule } from '../../worker/protocol.ts';
import { FEW_STATES, type SearchPlan } from '../../worker/search-plan.ts';
import type { Figures, Outcome, PropertyVerdict } from '../../worker/search-protocol.ts';

export function count(n: number): string {
  return Math.round(n).toLocaleString('en');
}

export function rate({ states, seconds }: Figures): string {
  return seconds < 0.001 ? '–' : `${count(states / seconds)} states/s`;
}

/** How much of the state space was seen, as a clause. */
export function extent({ ending, figures, bounds, reduced, verdicts }: Outcome): string {
  const { states, depth } = figures;
  const isReduced = reduced.alone !== null;
  if (ending !== 'all') {
    const failed = verdicts.some(({ verdict }) => verdict === 'fails');
    return stoppedInWords({ ending, bounds, states, depth, isReduced, failed });
  }
  return isReduced
    ? `exhaustive, with reductions: the ${count(states)} states visited stand for every schedule`
    : `exhaustive: all ${count(states)} reachable states were visited`;
}

/** The chance that a verdict is wrong because two states were taken for one. */
export function chanceInWords({ figures, reduced }: Outcome): string {
  const chance = missedChance(figures.states, reduced.symmetry.images).toExponential(1);
  return `the chance that a state was missed is below ${chance} (64-bit fingerprints)`;
}

/** What each reduction did, and which search the counterexamples are from; nothing for an ordinary search. */
export function reducedInWords({ reduced, again, verdicts }: Outcome): readonly string[] {
  const words = reductionWords(reduced);
  if (words.length === 0) return [];
  const failing = verdicts.filter(({ schedule }) => schedule !== null);
  return [...words, scheduleWords({ again, failing })];
}

/** What a counterexample may not be, as words to stand behind it. */
export function lackInWords({ notFewest, notShortest }: PropertyVerdict): string {
  if (notFewest === true) return 'fewest switches: not found within the bounds';
  return notShortest === true ? 'there may be a shorter one' : '';
}

/** How often the actor changes from one step to the next. */
export function switchesInWords(schedule: Schedule): string {
  const switches = switchesOf(schedule.map(([actor, move]) => ({ actor, move })));
  return `${count(switches)} ${switches === 1 ? 'switch' : 'switches'}`;
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
