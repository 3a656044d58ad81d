import { versionOf } from '../../designs/versions.ts';
import { createModel } from '../../explorer/model.ts';
import { createRun, type Run, seededMove, step } from '../../explorer/run.ts';
import { kindOf, type Scene } from '../../machine/decode.ts';
import { readField } from '../../program/layout.ts';
import { type Built, buildModel } from '../../scenarios/build.ts';
import { scenarioOf } from '../../scenarios/scenarios.ts';

/** What seeded runs of the engine show of tables that leave a node under threads that use them. */
export interface SmallWorldEvidence {
  readonly scenario: string;
  readonly version: string;
  readonly runs: number;
  /** Over all runs: steps, and those that threads other than the relocation took while it was under way. */
  readonly steps: number;
  readonly threadSteps: number;
  /** Tables on the node at the start, and left there at the end of all runs together. */
  readonly tables: number;
  readonly tablesLeft: number;
  /** Names of properties that failed, with no name twice. */
  readonly violations: readonly string[];
  /** The first run, to be opened in the workbench, and the step in the middle of its relocation. */
  readonly schedule: readonly (readonly [actor: number, move: number])[];
  readonly middle: number;
}

const SCENARIO = 'tree';
const VERSION = 'repaired';
/** Longer runs than this are a defect. */
const MOST_STEPS = 20_000;

/** Runs the scenario in which node 0 gives up its tables while a thread reads, writes and faults, once for each seed from 1. */
export function relocationUnderThreads(runs: number): SmallWorldEvidence {
  const [scenario, version] = [scenarioOf(SCENARIO), versionOf(VERSION)];
  if (scenario === null || version === null) throw new Error(`no scenario ${SCENARIO} or version ${VERSION}`);
  const built = buildModel(scenario, version.design);
  const model = createModel(built.model);
  const ran = Array.from({ length: runs }, (_, i) => watchRun(createRun(model), built, i + 1));
  const total = (count: (run: Watched) => number): number => ran.reduce((sum, run) => sum + count(run), 0);
  const [first] = ran;
  return {
    scenario: SCENARIO,
    version: VERSION,
    runs,
    steps: total(({ run }) => run.moves.length),
    threadSteps: total(({ threadSteps }) => threadSteps.length),
    tables: total(({ tables }) => tables),
    tablesLeft: total(({ tablesLeft }) => tablesLeft),
    violations: [...new Set(ran.flatMap(({ violations }) => violations))],
    schedule: first?.run.moves.map(({ actor, move }) => [actor, move] as const) ?? [],
    middle: first?.threadSteps[Math.floor(first.threadSteps.length / 2)] ?? 0,
  };
}

interface Watched {
  readonly run: Run;
  /** Steps of the reading and writing thread while the relocation was under way. */
  readonly threadSteps: readonly number[];
  readonly tables: number;
  readonly tablesLeft: number;
  readonly violations: readonly string[];
}

/** Runs to the end. A warning of the properties (an accessed bit) counts like a failure: there should be none either. */
function watchRun(run: Run, { world, actors, model: { layout } }: Built, seed: number): Watched {
  const scene: Scene = { world, layout, words: run.machine.words };
  const thread = actors.findIndex(({ name }) => name === 'user');
  const tables = tablesOn(scene, 0);
  const threadSteps: number[] = [];
  const violations: string[] = [];
  for (let i = 0; i < MOST_STEPS; i++) {
    const move = seededMove(run, seed);
    if (move === null) break;
    const isMoving = readField(layout, run.machine.words, 'ghost.relocating') !== 0;
    if (isMoving && move.actor === thread) threadSteps.push(run.cursor);
    for (const { kind, id } of step(run, move)) if (kind === 'violation') violations.push(id);
  }
  return { run, threadSteps, tables, tablesLeft: tablesOn(scene, 0), violations };
}

/** Current tables, and old ones that are not freed, on a node. */
function tablesOn(scene: Scene, node: number): number {
  const { world } = scene;
  let count = 0;
  for (let frame = 1; frame <= world.tableFrames; frame++) {
    const kind = kindOf(scene, frame);
    if (world.node[frame] === node && (kind === 'table' || kind === 'limbo')) count++;
  }
  return count;
}
