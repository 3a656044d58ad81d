import { at } from '../lib/at.ts';
import { enabledMoves } from '../explorer/run.ts';
import { PROPERTIES } from '../properties/properties.ts';
import { notableInWords } from '../reports/notable-words.ts';
import type { Session } from '../worker/session.ts';
import { runAsAsked, SCHEDULE_HELP, SCHEDULE_OPTIONS } from './run-schedule.ts';
import { type Outcome, readOptions, runTool } from './usage.ts';

const USAGE = `Usage: npm run sim -- ${SCHEDULE_HELP.usage} [--json]
${SCHEDULE_HELP.words}`;

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
    ...moments.map((moment) => `${indent}notable: ${notableInWords(moment)}`),
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

const ACCEPTED = { values: SCHEDULE_OPTIONS, flags: ['json'] };

function main(argv: readonly string[]): Outcome {
  const options = readOptions(argv, ACCEPTED);
  const session = runAsAsked(options);
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
