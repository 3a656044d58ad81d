import { CHOICES } from '../designs/choices.ts';
import { VERSIONS, versionOf } from '../designs/versions.ts';
import { at } from '../lib/at.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import { PROPERTIES, propertyOf } from '../properties/properties.ts';
import type { AuditRow } from '../reports/audit.ts';
import { movesOfTokens } from '../reports/verdicts.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import { type Exercise, EXERCISE_TITLES, type Given, type Question } from './exercise.ts';
import { startTrace, traceLines, traceStep, type TracedStep } from './traced-run.ts';

/** Longer counterexamples fill more than a page. */
const LONGEST = 60;
const CHOICES_A_QUESTION = 4;

function titleOf(property: string): string {
  return propertyOf(property)?.title ?? property;
}

/** Rows whose counterexample ends in a step that breaks a property: a deadlock or a run for ever has no such step. */
export function askableRows(rows: readonly AuditRow[]): readonly AuditRow[] {
  return rows.filter(
    ({ verdict, property, steps = 0 }) =>
      verdict === 'fails' &&
      property !== 'progress' &&
      property !== 'no-deadlock' &&
      steps > 0 &&
      steps <= LONGEST,
  );
}

function replay({ scenario: id, version: versionId, schedule = '' }: AuditRow): readonly TracedStep[] {
  const [scenario, version] = [scenarioOf(id), versionOf(versionId)];
  if (scenario === null || version === null) throw new Error(`there is no ${id} with ${versionId}`);
  const traced = startTrace(scenario, version.design);
  for (const move of movesOfTokens(traced.built.actors, schedule.split(' '))) traceStep(traced, move);
  return traced.steps;
}

function shuffled<T>(rng: Rng, list: readonly T[]): readonly T[] {
  const rest = [...list];
  return list.map(() => at(rest.splice(rng.next(rest.length), 1), 0));
}

/** What the last step breaks, and three properties that it does not. */
function whichProperty(rng: Rng, { property }: AuditRow, steps: readonly TracedStep[]): Question {
  const broke = at(steps, steps.length - 1).broke;
  const others = PROPERTIES.map(({ id }) => id as string).filter((id) => !broke.includes(id));
  const wrong = shuffled(rng, others).slice(0, CHOICES_A_QUESTION - 1);
  return {
    ask: `Which property does step ${String(steps.length)} break?`,
    answer: titleOf(property),
    why: [`It fails when ${propertyOf(property)?.failsWhen ?? ''}.`],
    options: shuffled(rng, [property, ...wrong]).map(titleOf),
  };
}

/** For every version: does the property hold in this scenario? The search of all schedules says. */
function whichVersions(rows: readonly AuditRow[], { scenario, property }: AuditRow): readonly Question[] {
  return rows
    .filter((row) => row.scenario === scenario && row.property === property && row.exhaustive)
    .map(({ version, verdict, states, steps }): Question => ({
      ask: `${titleOf(property)}, in this scenario, in design ${version}`,
      answer: verdict,
      why: [
        verdict === 'fails'
          ? `A shortest counterexample has ${String(steps)} steps.`
          : `None of the ${String(states)} states that any schedule reaches breaks it.`,
      ],
      options: ['holds', 'fails'],
    }));
}

/** Every choice of the version. */
function choicesGiven(versionId: string): Given {
  const index = VERSIONS.findIndex(({ id }) => id === versionId);
  const { design } = at(VERSIONS, index);
  return {
    title: `Design ${versionId}`,
    lines: Object.entries(CHOICES).map(([choice, { about }]) => {
      const settings: ReadonlyMap<string, string> = new Map(Object.entries(design));
      return `${choice} = ${settings.get(choice) ?? ''}  (${about})`;
    }),
  };
}

/** A shortest counterexample from the audit, run again by the engine; the reader names what it breaks. */
export function propertyExercise(seed: number, rows: readonly AuditRow[]): Exercise {
  const rng = createRng(seed);
  const askable = askableRows(rows);
  const row = at(askable, rng.next(askable.length));
  const steps = replay(row);
  const scenario = scenarioOf(row.scenario);
  return {
    kind: 'property',
    seed,
    title: EXERCISE_TITLES.property,
    task: `${scenario?.title ?? ''}. ${scenario?.about ?? ''} The schedule below is as short as one that breaks this property can be. Name what its last step breaks; then say, for each design, whether any schedule of this scenario breaks the same.`,
    given: [choicesGiven(row.version), { title: 'Schedule', lines: traceLines(steps) }],
    questions: [whichProperty(rng, row, steps), ...whichVersions(rows, row)],
  };
}
