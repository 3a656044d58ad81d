import { describeNext } from '../explorer/describe.ts';
import { switchesOf } from '../explorer/fewest-switches.ts';
import type { Progress } from '../explorer/liveness.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, type Move, step } from '../explorer/run.ts';
import { counterexample } from '../explorer/search.ts';
import { at } from '../lib/at.ts';
import { textOf } from '../machine/words.ts';
import type { SearchedAgain } from '../reports/reduction-words.ts';
import { scheduleTokens, type Verdict, verdictsOf } from '../reports/verdicts.ts';
import type { Built } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import {
  fewestSwitchesOf,
  progressOf,
  type SearchLimits,
  type SearchOutcome,
  shortestAgain,
} from './run-engine.ts';
import type { Row } from './search-text.ts';

/** What is wanted of a search. */
export interface Wanted {
  readonly scenario: Scenario;
  /** Ids of those that are told. */
  readonly properties: readonly string[];
  readonly limits: SearchLimits;
  readonly shortest: 'steps' | 'switches';
  readonly reduce: boolean;
}

/** The verdicts wanted, each with the schedule wanted, and the search without reductions that those are from, if there was one. */
export function rowsOf(
  built: Built,
  wanted: Wanted,
  outcome: SearchOutcome,
): { readonly rows: readonly Row[]; readonly again: SearchedAgain | null } {
  const { scenario, properties } = wanted;
  const progress = properties.includes('progress') ? judged(built, wanted, outcome) : null;
  const verdicts = verdictsOf(scenario, outcome.findings, progress).filter(({ property }) =>
    properties.includes(property),
  );
  const { schedules, again } = schedulesFor(built, wanted, failingIn(verdicts));
  const rows = verdicts.map((verdict) => {
    const why = verdict.verdict === 'not checked' ? whyNot(outcome, progress) : undefined;
    const row = { ...rowOf(built, verdict), ...(why !== undefined && { why }) };
    const moves = schedules.get(verdict.property);
    if (moves !== undefined) return rowOf(built, { ...verdict, moves });
    return row.steps === null || verdict.property === 'progress' ? row : { ...row, ...shortfall(wanted) };
  });
  return { rows, again };
}

/** A graph of states that is not whole proves nothing. */
function judged({ model }: Built, { limits }: Wanted, { ending }: SearchOutcome): Progress {
  if (ending === 'all') return progressOf(model, limits);
  return { verdict: 'not checked', why: ending === 'memory' ? 'memory' : 'states' };
}

function whyNot({ ending }: SearchOutcome, progress: Progress | null): Row['why'] {
  if (ending !== 'all') return 'search';
  return progress?.verdict === 'not checked' ? progress.why : undefined;
}

/** Properties of states for which a schedule was found. */
function failingIn(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts
    .filter(({ property, moves }) => moves !== null && property !== 'progress')
    .map(({ property }) => property);
}

/** What a schedule is not, that was found by another search than the one asked for. */
function shortfall({ shortest, reduce }: Wanted): Pick<Row, 'notFewest' | 'notShortest'> {
  return { ...(shortest === 'switches' && { notFewest: true }), ...(reduce && { notShortest: true }) };
}

interface Schedules {
  readonly schedules: ReadonlyMap<string, readonly Move[]>;
  readonly again: SearchedAgain | null;
}

/** Schedules for failing properties where those of the search are not the ones asked for. */
function schedulesFor(
  { model }: Built,
  { shortest, limits, reduce }: Wanted,
  failing: readonly string[],
): Schedules {
  if (failing.length === 0) return { schedules: new Map(), again: null };
  const fewest = shortest === 'switches' ? fewestSwitchesOf(model, failing, limits) : null;
  if (fewest !== null)
    return { schedules: new Map([...fewest].map(([id, { moves }]) => [id, moves])), again: null };
  if (!reduce) return { schedules: new Map(), again: null };
  const { findings } = shortestAgain(model, limits, failing);
  const found = failing.map((id) => [id, counterexample(findings, id)] as const);
  return {
    schedules: new Map(found.flatMap(([id, moves]) => (moves === null ? [] : [[id, moves] as const]))),
    again: { states: findings.store.count, depth: findings.depth },
  };
}

function rowOf(built: Built, { property, verdict, moves, cycleStart, excused, missed }: Verdict): Row {
  if (moves === null)
    return {
      ...{ property, verdict, steps: null, switches: null, schedule: [], labels: [] },
      ...(excused === true && { excused }),
      ...(missed !== undefined && { missed }),
    };
  const row = {
    property,
    verdict,
    steps: moves.length,
    switches: switchesOf(moves),
    ...labelled(built, moves),
  };
  return cycleStart === undefined ? row : { ...row, cycleStart };
}

function labelled(built: Built, moves: readonly Move[]): Pick<Row, 'schedule' | 'labels'> {
  const run = createRun(createModel(built.model));
  const labels = moves.map((move) => {
    const next = describeNext(run.model, run.machine, move.actor, move.move);
    step(run, move);
    return `${at(built.actors, move.actor).id}: ${next === null ? '' : textOf(built.world, next.label)}`;
  });
  return { schedule: scheduleTokens(built.actors, moves), labels };
}
