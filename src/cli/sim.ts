import { at } from '../lib/at.ts';
import { enabledMoves, type Move, seededMove } from '../explorer/run.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { createSession, type Session, take } from '../worker/session.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';
import { UsageError } from './say.ts';
import { type Options, type Outcome, readOptions, runTool, single, wholeNumber } from './usage.ts';

const USAGE = `Usage: npm run sim -- --design D --scenario S [--set choice=value ...] [--seed N | --schedule ACTORS] [--json]
ACTORS: ids of the actors that move, in order, by spaces or commas: cpu0 cpu1 ipi0 spec0:1 rcu (":n" picks a move).`;

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

interface Verdict {
  readonly property: string;
  readonly verdict: 'holds' | 'fails';
  readonly severity: 'error' | 'warning';
  /** Steps taken when it failed first; null when it holds. */
  readonly step: number | null;
  readonly why: string | null;
}

function verdictsOf(session: Session): readonly Verdict[] {
  return PROPERTIES.map(({ id, severity }) => {
    for (const { index, violations } of session.records)
      for (const { property, why } of violations)
        if (property === id) return { property: id, verdict: 'fails', severity, step: index + 1, why };
    return { property: id, verdict: 'holds', severity, step: null, why: null };
  });
}

function stepsOf({ records, built }: Session) {
  return records.map(({ index, actor, move, label, violations, moments }) => {
    const { id } = at(built.actors, actor);
    return { step: index + 1, actor: move === 0 ? id : `${id}:${String(move)}`, label, violations, moments };
  });
}

function endOf(session: Session) {
  const { run, built } = session;
  const finished = enabledMoves(run).length === 0;
  const schedule = stepsOf(session)
    .map(({ actor }) => actor)
    .join(' ');
  return { steps: run.cursor, actors: built.actors.map(({ id }) => id), nobodyCanMove: finished, schedule };
}

function textOf(session: Session, verdicts: readonly Verdict[]): string {
  const indent = ' '.repeat(14);
  const steps = stepsOf(session).flatMap(({ step, actor, label, violations, moments }) => [
    `${String(step).padStart(5)}  ${actor.padEnd(6)} ${label}`,
    ...moments.map((moment) => `${indent}reached: ${moment}`),
    ...violations.map(({ property, why }) => `${indent}FAILS ${property}: ${why}`),
  ]);
  const { steps: count, nobodyCanMove } = endOf(session);
  const end = `${String(count)} steps; ${nobodyCanMove ? 'nobody can move' : 'some could still move'}. What holds something at the end:`;
  const state = Object.entries(endState(session)).map(
    ([name, value]) => `  ${name} = ${JSON.stringify(value)}`,
  );
  const rows = verdicts.map(
    ({ property, verdict, step, why }) =>
      `${verdict.padEnd(6)} ${property}${why === null ? '' : ` (step ${String(step)}): ${why}`}`,
  );
  return `${[...steps, '', end, ...state, '', ...rows].join('\n')}\n`;
}

/** The fields of the end state that are not all 0: as a number, a list, or a list of rows. */
function endState({ built, run }: Session): Readonly<Record<string, unknown>> {
  const state: Record<string, unknown> = {};
  for (const { name, offset, rows, cols } of built.model.layout.fields.values()) {
    const all = [...run.machine.words.subarray(offset, offset + rows * cols)];
    if (all.every((word) => word === 0)) continue;
    const row = (r: number): number[] => all.slice(r * cols, (r + 1) * cols);
    if (rows > 1) state[name] = Array.from({ length: rows }, (_, r) => row(r));
    else state[name] = cols > 1 ? all : all[0];
  }
  return state;
}

const ACCEPTED = { values: ['design', 'scenario', 'set', 'seed', 'schedule'], flags: ['json'] };

function open(options: Options): Session {
  const scenario = chooseScenario(single(options, 'scenario', null));
  const chosen = chooseDesign(single(options, 'design', null), options.values.get('set') ?? []);
  const { version, overrides, design } = chosen;
  const source = { kind: 'scenario' as const, scenario: scenario.id, version, overrides };
  return createSession({ scenario, design, source, file: null });
}

function main(argv: readonly string[]): Outcome {
  const options = readOptions(argv, ACCEPTED);
  const session = open(options);
  const schedule = options.values.get('schedule');
  if (schedule !== undefined && options.values.has('seed'))
    throw new UsageError('Give --seed or --schedule, not both.');
  if (schedule !== undefined) readSchedule(session, single(options, 'schedule', null));
  else runSeeded(session, wholeNumber(single(options, 'seed', '1'), 'seed'));
  const verdicts = verdictsOf(session);
  const failed = verdicts.some(({ verdict, severity }) => verdict === 'fails' && severity === 'error');
  const text = options.flags.has('json') ? jsonOf(session, verdicts) : textOf(session, verdicts);
  return { text, exitCode: failed ? 1 : 0 };
}

function jsonOf(session: Session, properties: readonly Verdict[]): string {
  const { source, scenario } = session;
  const head = { design: source.version, scenario: scenario.id, overrides: source.overrides };
  const result = {
    ...head,
    ...endOf(session),
    labelled: stepsOf(session),
    endState: endState(session),
    properties,
  };
  return `${JSON.stringify(result, null, 1)}\n`;
}

await runTool(USAGE, main);
