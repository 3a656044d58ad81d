import { seededMove } from '../explorer/run.ts';
import { versionOf, VERSIONS } from '../designs/versions.ts';
import { at } from '../lib/at.ts';
import { createRng } from '../lib/rng.ts';
import { cpuState, entryOf, kindOf, type Scene } from '../machine/decode.ts';
import { entryText, frameText } from '../machine/words.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import { type Exercise, EXERCISE_TITLES, type Given, type Question } from './exercise.ts';
import { sceneOfTrace, startTrace, traceLines, type TracedRun, traceStep } from './traced-run.ts';

/** Worlds in which a CPU uses memory while a table moves: small enough that a trace fits a page. */
const TLB_SCENARIOS = ['two-dirty', 'fault', 'top', 'write-reclaim', 'twice', 'mremap', 'tree3'] as const;
/** Steps of a trace: at least, and how many more at most. */
const STEPS = 14;
const MORE_STEPS = 30;

/** The tables before the first step: every entry that is there. */
function tablesBefore(scene: Scene): Given {
  const { world } = scene;
  const lines: string[] = [];
  for (let frame = 1; frame <= world.tableFrames; frame++) {
    if (kindOf(scene, frame) !== 'table') continue;
    for (let index = 0; index < world.stride; index++) {
      const entry = entryOf(scene, frame, index);
      if (entry !== 0)
        lines.push(`${frameText(world, frame)} [${String(index)}]: ${entryText(world, entry)}`);
    }
  }
  return { title: 'Tables before the first step', lines };
}

function wayOf({ world }: Scene): Given {
  return {
    title: 'Index at each level',
    lines: world.vas.map(
      ({ name, path }) =>
        `${name}: ${path.map((index, level) => `${at(world.levels, level).name.toLowerCase()}[${String(index)}]`).join(' ')}`,
    ),
  };
}

/** A run that a sheet asks about. */
export interface TlbRun {
  readonly scenario: string;
  readonly version: string;
  readonly traced: TracedRun;
  readonly before: Given;
  readonly about: string;
}

/** Runs seeded schedules until one leaves something in a TLB: a sheet whose every answer is "empty" asks nothing. */
export function drawTlbRun(seed: number): TlbRun {
  const rng = createRng(seed);
  for (;;) {
    const scenario = scenarioOf(at(TLB_SCENARIOS, rng.next(TLB_SCENARIOS.length)));
    const version = versionOf(at(VERSIONS, rng.next(VERSIONS.length)).id);
    if (scenario === null || version === null) throw new Error('a scenario of the sheets is gone');
    const traced = startTrace(scenario, version.design);
    const before = tablesBefore(sceneOfTrace(traced));
    const [steps, schedule] = [STEPS + rng.next(MORE_STEPS), rng.next(2 ** 31)];
    for (let i = 0; i < steps; i++) {
      const move = seededMove(traced.run, schedule);
      if (move === null) break;
      traceStep(traced, move);
    }
    const scene = sceneOfTrace(traced);
    const cached = cpuState(scene, 0).tlb.some(({ entry }) => entry !== 0);
    const about = `${scenario.title} (${scenario.id}, design ${version.id})`;
    if (cached) return { scenario: scenario.id, version: version.id, traced, before, about };
  }
}

function questionsOf({ steps }: TracedRun, scene: Scene): readonly Question[] {
  const { world } = scene;
  const flushes = steps.flatMap(({ who, label, tag }, i) =>
    (who === 'CPU0' && tag === 'flush') || (who === 'CPU0 interrupt' && tag === 'ipi-take')
      ? [`step ${String(i + 1)} (${label}) makes CPU0 forget`]
      : [],
  );
  const { tlb, walkCache } = cpuState(scene, 0);
  return [
    ...tlb.map(({ vas, entry }): Question => ({
      ask: `CPU0’s TLB entry for ${vas.map((va) => at(world.vas, va).name).join(', ')}`,
      answer: entryText(world, entry),
      why: flushes,
      options: [],
    })),
    ...walkCache.map(({ name, prefix, frame }): Question => ({
      ask: `CPU0’s ${name} cache for index ${prefix.join(', ')}: which table does it lead to?`,
      answer: frame === 0 ? 'empty' : frameText(world, frame),
      why: flushes,
      options: [],
    })),
  ];
}

/** A trace of a seeded run, and what CPU0 has cached at its end: the engine ran it, the sheet prints it. */
export function tlbExercise(seed: number): Exercise {
  const { traced, before, about } = drawTlbRun(seed);
  const scene = sceneOfTrace(traced);
  return {
    kind: 'tlb',
    seed,
    title: EXERCISE_TITLES.tlb,
    task: `${about}. All caches are empty at the start; nothing is evicted by itself. Only entries with A set are cached; a walk fills every cache on its way. Give what CPU0 holds after the last step: “frame 9 P W A” or “empty”.`,
    given: [before, wayOf(scene), { title: 'Trace', lines: traceLines(traced.steps) }],
    questions: questionsOf(traced, scene),
  };
}
