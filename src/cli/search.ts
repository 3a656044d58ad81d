import { at } from '../lib/at.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, type Move, step } from '../explorer/run.ts';
import { describeNext } from '../explorer/describe.ts';
import { counterexample, reachedMoments, searchBytes } from '../explorer/search.ts';
import { textOf } from '../machine/words.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { type Built, buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { type SearchOutcome, searchModel } from './run-engine.ts';
import { UsageError } from './say.ts';
import { type Outcome, readOptions, runTool, single, wholeNumber } from './usage.ts';

const USAGE =
  'Usage: npm run search -- --design D --scenario S [--set choice=value ...] [--property P ...] [--max-states N] [--json]';

/** Enough for every scenario that comes with the program; about 2 GB. */
const MOST_STATES = '60000000';

interface Row {
  readonly property: string;
  readonly verdict: 'holds' | 'fails' | 'not reached';
  readonly steps: number | null;
  readonly switches: number | null;
  readonly schedule: readonly string[];
  readonly labels: readonly string[];
}

function labelled(built: Built, moves: readonly Move[]): Pick<Row, 'schedule' | 'labels'> {
  const run = createRun(createModel(built.model));
  const labels = moves.map((move) => {
    const next = describeNext(run.model, run.machine, move.actor, move.move);
    step(run, move);
    return `${at(built.actors, move.actor).id}: ${next === null ? '' : textOf(built.world, next.label)}`;
  });
  const schedule = moves.map(
    ({ actor, move }) => `${at(built.actors, actor).id}${move === 0 ? '' : `:${String(move)}`}`,
  );
  return { schedule, labels };
}

function rowOf(built: Built, property: string, moves: readonly Move[] | null): Row {
  if (moves === null)
    return { property, verdict: 'holds', steps: null, switches: null, schedule: [], labels: [] };
  const switches = moves.filter(({ actor }, i) => i > 0 && actor !== moves[i - 1]?.actor).length;
  return { property, verdict: 'fails', steps: moves.length, switches, ...labelled(built, moves) };
}

function rowsOf(built: Built, scenario: Scenario, { search }: SearchOutcome): readonly Row[] {
  const rows = PROPERTIES.map(({ id }) => rowOf(built, id, counterexample(search, id)));
  const missed = scenario.sometimes.some((moment) => !reachedMoments(search).includes(moment));
  return [...rows, { ...rowOf(built, 'reached', null), verdict: missed ? 'not reached' : 'holds' }];
}

/** Below this chance two different states may have been taken for one (64-bit fingerprints). */
function missedChance(states: number): number {
  return states ** 2 / 2 ** 65;
}

function textOfRows(rows: readonly Row[], { search, exhaustive, seconds }: SearchOutcome): string {
  const lines = rows.flatMap(({ property, verdict, steps, labels }) => [
    `${verdict.padEnd(11)} ${property}${steps === null ? '' : ` after ${String(steps)} steps`}`,
    ...labels.map((label) => `              ${label}`),
  ]);
  const states = search.store.count;
  const bounds =
    `${String(states)} states, ${String(search.transitions)} transitions, depth ${String(search.depth)}; ` +
    `${exhaustive ? 'exhaustive' : 'stopped at the bound'}; ${seconds.toFixed(1)} s.`;
  const chance = `Chance that a state was missed: below ${missedChance(states).toExponential(1)}. Memory is sequentially consistent.`;
  return `${[...lines, '', bounds, chance].join('\n')}\n`;
}

interface Subject {
  readonly scenario: Scenario;
  readonly version: string;
  readonly overrides: object;
}

function jsonOf(
  properties: readonly Row[],
  { search, exhaustive, seconds }: SearchOutcome,
  subject: Subject,
): string {
  const { count: states } = search.store;
  const { transitions, depth } = search;
  const { scenario, version: design, overrides } = subject;
  const speed = {
    statesPerSecond: Math.round(states / seconds),
    bytesPerState: Math.round(searchBytes(search) / states),
  };
  const result = {
    design,
    scenario: scenario.id,
    overrides,
    properties,
    states,
    transitions,
    depth,
    exhaustive,
    seconds,
    ...speed,
  };
  return `${JSON.stringify({ ...result, missedChance: missedChance(states) })}\n`;
}

const KNOWN = [...PROPERTIES.map(({ id }) => id as string), 'reached'];
const ERRORS = new Set(
  PROPERTIES.filter(({ severity }) => severity === 'error').map(({ id }) => id as string),
);

function main(argv: readonly string[]): Outcome {
  const values = ['design', 'scenario', 'set', 'property', 'max-states'];
  const options = readOptions(argv, { values, flags: ['json'] });
  const scenario = chooseScenario(single(options, 'scenario', null));
  const chosen = chooseDesign(single(options, 'design', null), options.values.get('set') ?? []);
  const wanted = options.values.get('property') ?? [];
  const unknown = wanted.find((id) => !KNOWN.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`There is no property "${unknown}". There are: ${KNOWN.join(', ')}.`);
  const built = buildModel(scenario, chosen.design);
  const outcome = searchModel(
    built.model,
    wholeNumber(single(options, 'max-states', MOST_STATES), 'max-states'),
  );
  const rows = rowsOf(built, scenario, outcome).filter(
    ({ property }) => wanted.length === 0 || wanted.includes(property),
  );
  const subject = { scenario, version: chosen.version, overrides: chosen.overrides };
  const text = options.flags.has('json') ? jsonOf(rows, outcome, subject) : textOfRows(rows, outcome);
  if (rows.some(({ property, verdict }) => verdict === 'fails' && ERRORS.has(property)))
    return { text, exitCode: 1 };
  return { text, exitCode: outcome.exhaustive ? 0 : 3 };
}

await runTool(USAGE, main);
