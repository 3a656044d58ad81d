import { openFile } from '../src/formats/open-file.ts';
import { captureScenario } from '../src/formats/capture-world.ts';
import { sampleCapture, scatteredRuns } from '../src/formats/sample-capture.ts';
import { versionOf } from '../src/designs/versions.ts';
import { createModel } from '../src/explorer/model.ts';
import { createRun, seededMove, seek, step } from '../src/explorer/run.ts';
import { buildModel } from '../src/scenarios/build.ts';
import { scenarioOf } from '../src/scenarios/scenarios.ts';
import type { Scenario } from '../src/scenarios/scenario.ts';

/** A capture of 200,000 scattered pages as the bytes of a file: some 430 tables. */
export function largeCapture(): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(sampleCapture({ runs: scatteredRuns(200_000) })));
}

function designOf(scenario: Scenario) {
  const version = versionOf(scenario.opensWith.version);
  if (version === null) throw new Error(`no version ${scenario.opensWith.version}`);
  return { ...version.design, ...scenario.opensWith.overrides };
}

/** Steps per second of the interpreter over seeded runs to the end, for about a second. */
function stepsPerSecond(scenario: Scenario): number {
  const model = createModel(buildModel(scenario, designOf(scenario)).model);
  const started = performance.now();
  let steps = 0;
  for (let seed = 1; performance.now() - started < 1000; seed++) {
    const run = createRun(model);
    for (let move = seededMove(run, seed); move !== null; move = seededMove(run, seed)) {
      step(run, move);
      steps += 1;
    }
  }
  return Math.round((steps * 1000) / (performance.now() - started));
}

/** Milliseconds for going to random moments of the run, forth and back. */
function seekMs(scenario: Scenario): number {
  const run = createRun(createModel(buildModel(scenario, designOf(scenario)).model));
  for (let move = seededMove(run, 1); move !== null; move = seededMove(run, 1)) step(run, move);
  const { length } = run.moves;
  const started = performance.now();
  const seeks = 200;
  for (let i = 0; i < seeks; i++) seek(run, (i * 7919) % (length + 1));
  return Math.round(((performance.now() - started) / seeks) * 1000) / 1000;
}

export interface NodeResult {
  readonly scenario: string;
  readonly stepsPerSecond: number;
  readonly seekMs: number;
}

/** The engine in Node: the first scenario, and a real-sized process. */
export function benchNode(): { readonly engine: readonly NodeResult[]; readonly openCaptureMs: number } {
  const tree = scenarioOf('tree');
  if (tree === null) throw new Error('no scenario tree');
  const bytes = largeCapture();
  const started = performance.now();
  const image = openFile(bytes, 'bench.json');
  const openCaptureMs = Math.round(performance.now() - started);
  const capture = captureScenario(image, { from: 0, to: 1 });
  const engine = [tree, capture].map((scenario) => ({
    scenario: scenario.id,
    stepsPerSecond: stepsPerSecond(scenario),
    seekMs: seekMs(scenario),
  }));
  return { engine, openCaptureMs };
}
