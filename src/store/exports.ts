import { createMachine, createModel, type ModelSpec, takeStep } from '../explorer/model.ts';
import { designName } from '../designs/design-name.ts';
import { versionOf } from '../designs/versions.ts';
import { itfTrace } from '../formats/itf.ts';
import { CUSTOM_ID, resolveScenario } from '../formats/scenario-document.ts';
import { documentOfScenario } from '../formats/scenario-from.ts';
import { scenarioFileText } from '../formats/scenario-file.ts';
import { traceEvents } from '../formats/trace-events.ts';
import { at } from '../lib/at.ts';
import { buildModel } from '../scenarios/build.ts';
import type { StepRecord } from '../worker/moment-messages.ts';
import type { Source } from '../worker/protocol.ts';
import { saveText } from './downloads.ts';
import { useWorkbench } from './workbench.ts';

const { getState: get } = useWorkbench;

function nameOf(source: Source): string {
  if (source.kind === 'file') return 'process';
  return typeof source.scenario === 'string' ? source.scenario : CUSTOM_ID;
}

/** Saves the run on screen as trace events, for Perfetto, chrome://tracing and speedscope. */
export function saveTrace(): void {
  const { opened, records } = get();
  if (opened === null) return;
  const { title, source, actors } = opened;
  const facts = { scenario: nameOf(source), design: designName(source) };
  const trace = traceEvents({ title, facts, actors, steps: records });
  saveText(`${nameOf(source)}.trace.json`, `${JSON.stringify(trace)}\n`);
}

/** Each state of a run, in one array that is used again. */
function* statesOf(spec: ModelSpec, records: readonly StepRecord[]): Generator<Int32Array> {
  const model = createModel(spec);
  const machine = createMachine(model);
  yield machine.words;
  for (const { actor, move } of records) {
    takeStep(model, machine, actor, move);
    yield machine.words;
  }
}

/** Saves the run on screen state by state, for tools that read ITF. Nothing for a real process, whose states are megabytes. */
export function saveItf(): void {
  const { opened, records } = get();
  if (opened?.source.kind !== 'scenario') return;
  const { title, source, design, actors } = opened;
  const scenario = resolveScenario(opened.source.scenario);
  if (scenario === null || versionOf(source.version) === null) return;
  const { model } = buildModel(scenario, design);
  const steps = records.map(({ actor, label }) => ({ actor: at(actors, actor).id, label }));
  const description = `${title}, design ${designName(source)}`;
  const trace = itfTrace({ layout: model.layout, description, states: statesOf(model, records), steps });
  saveText(`${nameOf(source)}.itf.json`, `${JSON.stringify(trace)}\n`);
}

/** Saves the scenario on screen, to be changed in the editor or by hand. */
export function saveScenario(): void {
  const source = get().opened?.source;
  if (source?.kind !== 'scenario') return;
  const scenario = resolveScenario(source.scenario);
  const document = scenario === null ? null : documentOfScenario(scenario);
  if (document !== null) {
    saveText(`${nameOf(source)}.limbo-scenario.json`, scenarioFileText(document));
    return;
  }
  const text =
    'This scenario has parts that a scenario file has no words for yet, so none was saved. Save the run instead.';
  useWorkbench.setState({ notice: { tone: 'info', text, reopen: false } });
}
