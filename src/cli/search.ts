/** `npm run search`: every schedule of a scenario in a design, or as many as fit the bounds. */
import { at } from '../lib/at.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, type Move, step } from '../explorer/run.ts';
import { describeNext } from '../explorer/describe.ts';
import { switchesOf } from '../explorer/fewest-switches.ts';
import { searchBytes } from '../explorer/search.ts';
import { textOf } from '../machine/words.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { scheduleTokens, type Verdict, verdictsOf } from '../reports/verdicts.ts';
import { type Built, buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { chooseDesign, type ChosenDesign, chooseScenario } from './choose-design.ts';
import { fewestSwitchesOf, progressOf, type SearchOutcome, searchModel } from './run-engine.ts';
import { jsonOfSearch, type Row, textOfSearch } from './search-text.ts';
import { UsageError } from './say.ts';
import { type Options, type Outcome, readOptions, runTool, single, wholeNumber } from './usage.ts';

const USAGE = `Usage: npm run search -- --design D --scenario S [--set choice=value ...] [--property P ...] [--max-states N]
       [--shortest steps|switches] [--reduce off] [--json]`;

/** Enough for every scenario that comes with the program; about 2 GB. */
const MOST_STATES = '60000000';
const KNOWN = [...PROPERTIES.map(({ id }) => id as string), 'progress', 'reached'];
const WARNINGS = new Set<string>(
  PROPERTIES.filter(({ severity }) => severity === 'warning').map(({ id }) => id),
);

interface Asked {
  readonly scenario: Scenario;
  readonly chosen: ChosenDesign;
  readonly properties: readonly string[];
  readonly maxStates: number;
  readonly shortest: 'steps' | 'switches';
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
  if (reduce !== 'off')
    throw new UsageError('--reduce takes off: no reduction is built yet, every state is searched.');
  return {
    scenario: chooseScenario(single(options, 'scenario', null)),
    chosen: chooseDesign(single(options, 'design', null), options.values.get('set') ?? []),
    properties,
    maxStates: wholeNumber(single(options, 'max-states', MOST_STATES), 'max-states'),
    shortest,
  };
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

/** The verdicts asked for; where fewest switches are, those that fail with another schedule. */
function rowsOf(
  built: Built,
  { scenario, properties, shortest, maxStates }: Asked,
  { search, exhaustive }: SearchOutcome,
) {
  const wantsProgress = exhaustive && properties.includes('progress');
  const progress = wantsProgress ? progressOf(built.model, maxStates) : null;
  const verdicts = verdictsOf(scenario, search, progress).filter(({ property }) =>
    properties.includes(property),
  );
  if (shortest === 'steps') return verdicts.map((verdict) => rowOf(built, verdict));
  const failing = verdicts.filter(({ property, moves }) => moves !== null && property !== 'progress');
  const fewest = fewestSwitchesOf(
    built.model,
    failing.map(({ property }) => property),
    maxStates,
  );
  if (fewest === null)
    throw new UsageError('Fewest switches: more states than --max-states. Raise it, or ask for steps.');
  return verdicts.map((verdict) => {
    const found = fewest.get(verdict.property);
    return rowOf(built, found === undefined ? verdict : { ...verdict, moves: found.moves });
  });
}

function main(argv: readonly string[]): Outcome {
  const values = ['design', 'scenario', 'set', 'property', 'max-states', 'shortest', 'reduce'];
  const options = readOptions(argv, { values, flags: ['json'] });
  const asked = readAsked(options);
  const { scenario, chosen, maxStates } = asked;
  const built = buildModel(scenario, chosen.design);
  const outcome = searchModel(built.model, maxStates);
  const rows = rowsOf(built, asked, outcome);
  const subject = { design: chosen.version, scenario: scenario.id, overrides: chosen.overrides };
  const found = { subject, rows, outcome, bytes: searchBytes(outcome.search), maxStates };
  const text = options.flags.has('json') ? jsonOfSearch(found) : textOfSearch(found);
  if (rows.some(({ property, verdict }) => verdict === 'fails' && !WARNINGS.has(property)))
    return { text, exitCode: 1 };
  return { text, exitCode: outcome.exhaustive ? 0 : 3 };
}

await runTool(USAGE, main);
