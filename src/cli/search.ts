/** `npm run search`: every schedule of a scenario in a design, or as many as fit the bounds. */
import { at } from '../lib/at.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, type Move, step } from '../explorer/run.ts';
import { describeNext } from '../explorer/describe.ts';
import { switchesOf } from '../explorer/fewest-switches.ts';
import { counterexample } from '../explorer/search.ts';
import { MOST_WORKERS } from '../explorer/shared-space.ts';
import { textOf } from '../machine/words.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { scheduleTokens, type Verdict, verdictsOf } from '../reports/verdicts.ts';
import { type Built, buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { chooseDesign, type ChosenDesign, chooseScenario } from './choose-design.ts';
import {
  fewestSwitchesOf,
  progressOf,
  type SearchLimits,
  searchOnCores,
  type SearchOutcome,
  shortestAgain,
} from './run-engine.ts';
import { SearchDied } from './run-together.ts';
import { jsonOfSearch, type Row, textOfSearch } from './search-text.ts';
import { say, UsageError } from './say.ts';
import { type Options, type Outcome, readOptions, runTool, single, wholeNumber } from './usage.ts';

const USAGE = `Usage: npm run search -- --design D --scenario S [--set choice=value ...] [--property P ...] [--max-states N]
       [--max-memory MB] [--shortest steps|switches] [--reduce on|off] [--workers N] [--json]
Exit code 0: all hold; 1: some fail; 2: not asked for in a way we understand; 3: a bound was met, or a thread died,
and nothing failed.`;

/** Enough for every scenario that comes with the program. */
const MOST_STATES = '60000000';
const MOST_MEGABYTES = '2000';
const KNOWN = [...PROPERTIES.map(({ id }) => id as string), 'progress', 'reached'];
const WARNINGS = new Set<string>(
  PROPERTIES.filter(({ severity }) => severity === 'warning').map(({ id }) => id),
);

interface Asked {
  readonly scenario: Scenario;
  readonly chosen: ChosenDesign;
  readonly properties: readonly string[];
  readonly limits: SearchLimits;
  readonly shortest: 'steps' | 'switches';
  readonly reduce: boolean;
  /** Null: as many as are worth it. */
  readonly workers: number | null;
}

function readAsked(options: Options): Asked {
  const properties = options.values.get('property') ?? KNOWN;
  const unknown = properties.find((id) => !KNOWN.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`There is no property "${unknown}". There are: ${KNOWN.join(', ')}.`);
  const shortest = single(options, 'shortest', 'steps');
  if (shortest !== 'steps' && shortest !== 'switches')
    throw new UsageError(`--shortest takes steps or switches, not "${shortest}".`);
  const reduce = single(options, 'reduce', 'off');
  if (reduce !== 'on' && reduce !== 'off') throw new UsageError(`--reduce takes on or off, not "${reduce}".`);
  return {
    scenario: chooseScenario(single(options, 'scenario', null)),
    chosen: chooseDesign(single(options, 'design', null), options.values.get('set') ?? []),
    properties,
    limits: readLimits(options),
    shortest,
    reduce: reduce === 'on',
    workers: readWorkers(options),
  };
}

function readLimits(options: Options): SearchLimits {
  const maxStates = wholeNumber(single(options, 'max-states', MOST_STATES), 'max-states');
  const megabytes = wholeNumber(single(options, 'max-memory', MOST_MEGABYTES), 'max-memory');
  if (maxStates === 0 || megabytes === 0) throw new UsageError('A bound of 0 leaves nothing to search.');
  return { maxStates, maxBytes: megabytes * 1e6 };
}

function readWorkers(options: Options): number | null {
  if (!options.values.has('workers')) return null;
  const workers = wholeNumber(single(options, 'workers', null), 'workers');
  if (workers < 1 || workers > MOST_WORKERS)
    throw new UsageError(`--workers takes 1 to ${String(MOST_WORKERS)}, not "${String(workers)}".`);
  return workers;
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

function rowOf(built: Built, { property, verdict, moves, cycleStart, excused }: Verdict): Row {
  if (moves === null) {
    const row = { property, verdict, steps: null, switches: null, schedule: [], labels: [] };
    return excused === true ? { ...row, excused } : row;
  }
  const row = {
    property,
    verdict,
    steps: moves.length,
    switches: switchesOf(moves),
    ...labelled(built, moves),
  };
  return cycleStart === undefined ? row : { ...row, cycleStart };
}

/** The verdicts asked for, each with the schedule asked for. */
function rowsOf(built: Built, asked: Asked, { findings, ending }: SearchOutcome): readonly Row[] {
  const { scenario, properties, limits } = asked;
  const wantsProgress = ending === 'all' && properties.includes('progress');
  const progress = wantsProgress ? progressOf(built.model, limits) : null;
  const verdicts = verdictsOf(scenario, findings, progress).filter(({ property }) =>
    properties.includes(property),
  );
  const failing = verdicts.filter(({ property, moves }) => moves !== null && property !== 'progress');
  const better = schedulesFor(
    built,
    asked,
    failing.map(({ property }) => property),
  );
  return verdicts.map((verdict) => {
    const moves = better.get(verdict.property);
    if (moves !== undefined) return rowOf(built, { ...verdict, moves });
    const row = rowOf(built, verdict);
    return asked.reduce && row.steps !== null && verdict.property !== 'progress'
      ? { ...row, notShortest: true }
      : row;
  });
}

/** Schedules for failing properties where those of the search are not the ones asked for. */
function schedulesFor(
  built: Built,
  { shortest, limits, reduce }: Asked,
  failing: readonly string[],
): ReadonlyMap<string, readonly Move[]> {
  if (failing.length === 0) return new Map();
  if (shortest === 'switches') {
    const fewest = fewestSwitchesOf(built.model, failing, limits.maxStates);
    if (fewest === null)
      throw new UsageError('Fewest switches: more states than --max-states. Raise it, or ask for steps.');
    return new Map([...fewest].map(([id, { moves }]) => [id, moves]));
  }
  if (!reduce) return new Map();
  const { findings } = shortestAgain(built.model, limits, failing);
  const found = failing.map((id) => [id, counterexample(findings, id)] as const);
  return new Map(found.flatMap(([id, moves]) => (moves === null ? [] : [[id, moves] as const])));
}

const VALUES = ['design', 'scenario', 'set', 'property', 'max-states', 'max-memory', 'shortest', 'reduce'];

/** The search, or null where a thread of it died: that was said. */
async function searchOrSay(built: Built, { limits, workers, reduce }: Asked): Promise<SearchOutcome | null> {
  try {
    return await searchOnCores(built.model, limits, { workers, reduce });
  } catch (error) {
    if (!(error instanceof SearchDied)) throw error;
    say(error.message);
    return null;
  }
}

async function main(argv: readonly string[]): Promise<Outcome> {
  const options = readOptions(argv, { values: [...VALUES, 'workers'], flags: ['json'] });
  const asked = readAsked(options);
  const { scenario, chosen, limits, reduce } = asked;
  const built = buildModel(scenario, chosen.design);
  const outcome = await searchOrSay(built, asked);
  if (outcome === null) return { text: '', exitCode: 3 };
  const rows = rowsOf(built, asked, outcome);
  const subject = { design: chosen.version, scenario: scenario.id, overrides: chosen.overrides };
  const found = { subject, rows, outcome, limits, reduced: reduce };
  const text = options.flags.has('json') ? jsonOfSearch(found) : textOfSearch(found);
  if (rows.some(({ property, verdict }) => verdict === 'fails' && !WARNINGS.has(property)))
    return { text, exitCode: 1 };
  return { text, exitCode: outcome.ending === 'all' ? 0 : 3 };
}

await runTool(USAGE, main);
