/** `npm run export`: one schedule as a file or a link that other tools, and the page, read. */
import { designName } from '../designs/design-name.ts';
import { createMachine, takeStep } from '../explorer/model.ts';
import { itfTrace } from '../formats/itf.ts';
import { linkText } from '../formats/link.ts';
import type { RunDocument } from '../formats/run-document.ts';
import { runFileText } from '../formats/run-file.ts';
import { documentOfScenario, refOfScenario } from '../formats/scenario-from.ts';
import { scenarioFileText } from '../formats/scenario-file.ts';
import { traceEvents } from '../formats/trace-events.ts';
import { at } from '../lib/at.ts';
import { scheduleTokens } from '../reports/verdicts.ts';
import type { Session } from '../worker/session.ts';
import { runAsAsked, SCHEDULE_HELP, SCHEDULE_OPTIONS } from './run-schedule.ts';
import { UsageError } from './say.ts';
import { type Outcome, readOptions, runTool, single } from './usage.ts';

const USAGE = `Usage: npm run export -- --as run|link|itf|trace|scenario ${SCHEDULE_HELP.usage}\n${SCHEDULE_HELP.words}`;

function documentOf({ source, scenario, built, run }: Session): RunDocument {
  const { version, overrides } = source;
  const schedule = scheduleTokens(built.actors, run.moves);
  return { scenario: refOfScenario(scenario), version, overrides, schedule, cursor: 0, selection: null };
}

/** Each state of the run, in one array that is used again. */
function* statesOf({ run }: Session): Generator<Int32Array> {
  const machine = createMachine(run.model);
  yield machine.words;
  for (const { actor, move } of run.moves) {
    takeStep(run.model, machine, actor, move);
    yield machine.words;
  }
}

function itfText(session: Session): string {
  const { built, records, scenario } = session;
  const steps = records.map(({ actor, label }) => ({ actor: at(built.actors, actor).id, label }));
  const description = `${scenario.title}, design ${designName(session.source)}`;
  const { layout } = built.model;
  return `${JSON.stringify(itfTrace({ layout, description, states: statesOf(session), steps }))}\n`;
}

function traceText(session: Session): string {
  const { built, records, scenario } = session;
  const facts = { scenario: scenario.id, design: designName(session.source) };
  const trace = traceEvents({ title: scenario.title, facts, actors: built.actors, steps: records });
  return `${JSON.stringify(trace)}\n`;
}

function scenarioText({ scenario }: Session): string {
  const document = documentOfScenario(scenario);
  if (document === null) throw new UsageError(`${scenario.id} cannot be said as a file.`);
  return scenarioFileText(document);
}

const FORMS: Readonly<Record<string, (session: Session) => string>> = {
  run: (session) => runFileText(documentOf(session)),
  link: (session) => `#${linkText(documentOf(session))}\n`,
  itf: itfText,
  trace: traceText,
  scenario: scenarioText,
};

function main(argv: readonly string[]): Outcome {
  const options = readOptions(argv, { values: [...SCHEDULE_OPTIONS, 'as'], flags: [] });
  const form = single(options, 'as', null);
  const write = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
  if (write === undefined)
    throw new UsageError(`--as takes one of ${Object.keys(FORMS).join(', ')}; not "${form}".`);
  return { text: write(runAsAsked(options)), exitCode: 0 };
}

await runTool(USAGE, main);
