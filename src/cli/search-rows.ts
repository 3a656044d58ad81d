import { switchesOf } from '../explorer/fewest-switches.ts';
import type { Progress } from '../explorer/liveness.ts';
import type { Move } from '../explorer/run.ts';
import { counterexample } from '../explorer/search.ts';
import type { SearchedAgain } from '../reports/reduction-words.ts';
import { scheduleTokens, type Verdict, verdictsOf } from '../reports/verdicts.ts';
import type { Built } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { findSchedules, type ScheduleSearches } from '../worker/schedule-searches.ts';
import { tellMoves } from '../worker/told-moves.ts';
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
export async function rowsOf(
  built: Built,
  wanted: Wanted,
  outcome: SearchOutcome,
): Promise<{ readonly rows: readonly Row[]; readonly again: SearchedAgain | null }> {
  const { scenario, properties } = wanted;
  const progress = properties.includes('progress') ? judged(built, wanted, outcome) : null;
  const verdicts = verdictsOf(scenario, outcome.findings, progress).filter(({ property }) =>
    properties.includes(property),
  );
  const found = await findSchedules(failingIn(verdicts), wanted, searchesOf(built, wanted));
  const rows = verdicts.map((verdict) => {
    const why = verdict.verdict === 'not checked' ? whyNot(outcome, progress) : undefined;
    const moves = found.schedules.get(verdict.property);
    if (moves !== undefined) return { ...rowOf(built, { ...verdict, moves }), ...found.taken };
    const row = { ...rowOf(built, verdict), ...(why !== undefined && { why }) };
    return row.steps === null || verdict.property === 'progress' ? row : { ...row, ...found.left };
  });
  return { rows, again: found.again };
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

/** The searches for other schedules on one core of this process. */
function searchesOf({ model }: Built, { limits }: Wanted): ScheduleSearches<readonly Move[]> {
  return {
    fewest: (properties) => {
      const fewest = fewestSwitchesOf(model, properties, limits);
      return Promise.resolve(fewest && new Map([...fewest].map(([id, { moves }]) => [id, moves])));
    },
    again: (properties) => {
      const { findings } = shortestAgain(model, limits, properties);
      const found = properties.map((id) => [id, counterexample(findings, id)] as const);
      const schedules = new Map(
        found.flatMap(([id, moves]) => (moves === null ? [] : [[id, moves] as const])),
      );
      return Promise.resolve({ schedules, states: findings.store.count, depth: findings.depth });
    },
    isStopped: () => false,
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
  const labels = tellMoves(built, moves).map(({ actor, label }) => `${actor}: ${label}`);
  return { schedule: scheduleTokens(built.actors, moves), labels };
}
