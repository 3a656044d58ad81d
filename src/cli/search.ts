/** `npm run search`: every schedule of a scenario in a design, or as many as fit the bounds. */
import { MOST_WORKERS } from '../explorer/shared-space.ts';
import { isWarning, PROPERTIES } from '../properties/properties.ts';
import { searchedWorld } from '../reports/searched-world.ts';
import { type Built, buildModel } from '../scenarios/build.ts';
import { chooseDesign, type ChosenDesign, chooseScenario } from './choose-design.ts';
import { type SearchLimits, searchOnCores, type SearchOutcome } from './run-engine.ts';
import { SearchDied } from './run-together.ts';
import { rowsOf, type Wanted } from './search-rows.ts';
import { jsonOfSearch, textOfSearch } from './search-text.ts';
import { say, UsageError } from './say.ts';
import { type Options, type Outcome, readOptions, runTool, single, wholeNumber } from './usage.ts';

const USAGE = `Usage: npm run search -- --design D --scenario S [--set choice=value ...] [--property P ...] [--max-states N]
       [--max-memory MB] [--shortest steps|switches] [--reduce on|off] [--workers N] [--json]
Exit code 0: all hold; 1: some fail; 2: not asked for in a way we understand; 3: nothing failed, but a bound was met
(by the search, or by the graph for progress) or a thread died.`;

/** Enough for every scenario that comes with the program. */
const MOST_STATES = '60000000';
const MOST_MEGABYTES = '2000';
const KNOWN = [...PROPERTIES.map(({ id }) => id as string), 'progress', 'reached'];

interface Asked extends Wanted {
  readonly chosen: ChosenDesign;
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
  const { scenario, chosen, limits } = asked;
  const built = buildModel(scenario, chosen.design);
  const outcome = await searchOrSay(built, asked);
  if (outcome === null) return { text: '', exitCode: 3 };
  const { rows, again } = await rowsOf(built, asked, outcome);
  const subject = { design: chosen.version, scenario: scenario.id, overrides: chosen.overrides };
  const found = { subject, world: searchedWorld(scenario), rows, outcome, limits, again };
  const text = options.flags.has('json') ? jsonOfSearch(found) : textOfSearch(found);
  if (rows.some(({ property, verdict }) => verdict === 'fails' && !isWarning(property)))
    return { text, exitCode: 1 };
  const isWhole = outcome.ending === 'all' && rows.every(({ verdict }) => verdict !== 'not checked');
  return { text, exitCode: isWhole ? 0 : 3 };
}

await runTool(USAGE, main);
