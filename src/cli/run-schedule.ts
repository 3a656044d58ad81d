import { minimise } from '../explorer/minimise.ts';
import { enabledMoves, type Move, seededMove } from '../explorer/run.ts';
import { refOfScenario } from '../formats/scenario-from.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { createSession, type Session, take } from '../worker/session.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { UsageError } from './say.ts';
import { type Options, single, wholeNumber } from './usage.ts';

/** How one schedule is asked for, for the usage of commands that run one. */
export const SCHEDULE_HELP = {
  usage:
    '--design D --scenario S [--set choice=value ...] [--seed N | --schedule ACTORS] [--minimise PROPERTY]',
  words:
    'ACTORS: ids of the actors that move, in order, by spaces or commas: cpu0 cpu1 ipi0 spec0:1 rcu (":n" picks a move).\n' +
    'PROPERTY: fails in the run; only moves that it takes to break it are kept.',
};
export const SCHEDULE_OPTIONS: readonly string[] = [
  ...['design', 'scenario', 'set', 'seed', 'schedule'],
  'minimise',
];

/** Longest run: a schedule that never ends is a defect, and is cut here. */
const MOST_STEPS = 100_000;

function readSchedule(session: Session, text: string): void {
  for (const word of text.split(/[\s,]+/).filter((w) => w !== '')) {
    const [id = '', move = '0'] = word.split(':');
    const actor = session.built.actors.findIndex((a) => a.id === id);
    if (actor < 0)
      throw new UsageError(
        `There is no actor "${id}". There are: ${session.built.actors.map((a) => a.id).join(', ')}.`,
      );
    const wanted: Move = { actor, move: wholeNumber(move, 'schedule') };
    const possible = enabledMoves(session.run).some((m) => m.actor === actor && m.move === wanted.move);
    if (!possible) throw new UsageError(`Step ${String(session.run.cursor + 1)}: ${word} cannot move there.`);
    take(session, wanted);
  }
}

function runSeeded(session: Session, seed: number): void {
  for (let i = 0; i < MOST_STEPS; i++) {
    const move = seededMove(session.run, seed);
    if (move === null) return;
    take(session, move);
  }
}

function open(options: Options): Session {
  const scenario = chooseScenario(single(options, 'scenario', null));
  const chosen = chooseDesign(single(options, 'design', null), options.values.get('set') ?? []);
  const { version, overrides, design } = chosen;
  const source = { kind: 'scenario' as const, scenario: refOfScenario(scenario), version, overrides };
  return createSession({ scenario, design, source, file: null });
}

/** Opens the scenario and design that the options name and runs their schedule, or seed 1. Throws UsageError. */
export function runAsAsked(options: Options): Session {
  const session = wholeRun(options);
  return options.values.has('minimise') ? shortened(options, session) : session;
}

/** The run cut down to moves that all are needed to break a property: a new session with only those. */
function shortened(options: Options, { run }: Session): Session {
  const property = single(options, 'minimise', null);
  const ids: readonly string[] = PROPERTIES.map(({ id }) => id);
  if (!ids.includes(property))
    throw new UsageError(`There is no property "${property}". There are: ${ids.join(', ')}.`);
  const moves = minimise(run.model, run.moves, property);
  if (moves === null) throw new UsageError(`Nothing to minimise: ${property} does not fail in this run.`);
  const session = open(options);
  for (const move of moves) take(session, move);
  return session;
}

function wholeRun(options: Options): Session {
  const session = open(options);
  const schedule = options.values.get('schedule');
  if (schedule !== undefined && options.values.has('seed'))
    throw new UsageError('Give --seed or --schedule, not both.');
  if (schedule !== undefined) readSchedule(session, single(options, 'schedule', null));
  else runSeeded(session, wholeNumber(single(options, 'seed', '1'), 'seed'));
  return session;
}
