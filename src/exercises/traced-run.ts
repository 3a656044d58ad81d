import { describeNext } from '../explorer/describe.ts';
import { createModel } from '../explorer/model.ts';
import { createRun, type Move, type Run, step } from '../explorer/run.ts';
import type { Design } from '../kernel/design.ts';
import { at } from '../lib/at.ts';
import type { Scene } from '../machine/decode.ts';
import { textOf } from '../machine/words.ts';
import { type Built, buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** A step of a trace as a sheet prints it. */
export interface TracedStep {
  /** "CPU0", "CPU1 interrupt", "RCU". */
  readonly who: string;
  readonly label: string;
  readonly tag: string;
  /** Ids of properties that the step broke. */
  readonly broke: readonly string[];
}

/** A run of a scenario whose steps are kept as text. */
export interface TracedRun {
  readonly built: Built;
  readonly run: Run;
  readonly steps: TracedStep[];
}

export function startTrace(scenario: Scenario, design: Design): TracedRun {
  const built = buildModel(scenario, design);
  return { built, run: createRun(createModel(built.model)), steps: [] };
}

/** Takes a step. Throws when it cannot be taken. */
export function traceStep({ built, run, steps }: TracedRun, move: Move): TracedStep {
  const next = describeNext(run.model, run.machine, move.actor, move.move);
  const { kind, cpu } = at(built.actors, move.actor);
  const who = kind === 'rcu' ? 'RCU' : `CPU${String(cpu)}${WHO[kind]}`;
  const label = next === null ? '' : textOf(built.world, next.label);
  const found = step(run, move);
  const broke = found.filter((f) => f.kind === 'violation').map(({ id }) => id);
  const traced = { who, label, tag: next?.tag ?? '', broke };
  steps.push(traced);
  return traced;
}

const WHO = { thread: '', ipi: ' interrupt', speculation: ' speculation', rcu: '' } as const;

export function sceneOfTrace({ built, run }: TracedRun): Scene {
  return { world: built.world, layout: built.model.layout, words: run.machine.words };
}

/** Numbered lines, a step each. */
export function traceLines(steps: readonly TracedStep[]): readonly string[] {
  const width = Math.max(...steps.map(({ who }) => who.length));
  return steps.map(({ who, label }, i) => `${String(i + 1).padStart(3)}  ${who.padEnd(width)}  ${label}`);
}
