import { engineText, type MakeEngine, tablesObject } from '../explorer/engine.ts';
import { waiting } from '../explorer/frontier.ts';
import { createMachine, createModel, takeStep } from '../explorer/model.ts';
import type { Move } from '../explorer/run.ts';
import { type Findings, type Search, searchBytes, searchOn, startSearch } from '../explorer/search.ts';
import { versionOf } from '../designs/versions.ts';
import { resolveScenario, scenarioName } from '../formats/scenario-document.ts';
import { searchedWorld } from '../reports/searched-world.ts';
import { type Verdict, verdictsOf } from '../reports/verdicts.ts';
import { type Built, buildModel } from '../scenarios/build.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { inSlices, type Pace, SLICE_MS } from './in-slices.ts';
import type { Schedule } from './protocol.ts';
import type { Aim, Bounds, Ending, Figures, Outcome, PropertyVerdict, Subject } from './search-protocol.ts';

export interface Assembled {
  readonly scenario: Scenario;
  readonly built: Built;
}

/** The model of a subject. Throws when there is no such scenario or version. */
export function assemble({ scenario: ref, version: versionId, overrides }: Subject): Assembled {
  const scenario = resolveScenario(ref);
  const version = versionOf(versionId);
  if (scenario === null || version === null)
    throw new Error(`there is no ${scenarioName(ref)} with ${versionId}`);
  return { scenario, built: buildModel(scenario, { ...version.design, ...overrides }) };
}

/** The code of a subject's engine. The same subject gives the same text. */
export function engineTextOf(subject: Subject, reduce = false): string {
  return engineText(assemble(subject).built.model, { reduce }).text;
}

export interface LoopArgs extends Pace {
  readonly subject: Subject;
  readonly bounds: Bounds;
  readonly aim?: Aim | null;
  /** With the reductions; the engine, too, is one with them then. */
  readonly reduce?: boolean;
  /** The subject's engine text, already run. */
  readonly make: MakeEngine;
}

/** States expanded between two looks at the clock: well below a slice. */
const BATCH = 500;

/** Searches a subject until nothing is left, a bound is met or it is told to stop. */
export async function searchLoop(args: LoopArgs): Promise<Outcome> {
  const { subject, bounds, aim, reduce = false } = args;
  const { scenario, built } = assemble(subject);
  const words = wordsAt(built, aim?.from ?? []);
  const text = engineText(built.model, { reduce });
  const search = startSearch(args.make(words, tablesObject(built.model)), text);
  const { result: ending, seconds } = await inSlices({
    ...args,
    slice: () => slice(search, args),
    figures: (soFar) => ({
      kind: 'figures',
      stage: 'search',
      figures: figuresOf(search, soFar),
      workers: 1,
      broken: [...search.violations.keys()],
    }),
  });
  const figures = figuresOf(search, seconds);
  const told = outcomeIn({ scenario, built }, search);
  return { kind: 'outcome', subject, bounds, ending, figures, workers: 1, ...told };
}

/** The state that a schedule leads to. */
function wordsAt({ model: spec }: Built, from: Schedule): Int32Array {
  const model = createModel(spec);
  const machine = createMachine(model);
  for (const [actor, move] of from) takeStep(model, machine, actor, move);
  return machine.words;
}

/** Searches on for a slice of time. Gives why the search ends, or null when it goes on. */
function slice(search: Search, { bounds, aim, control, now }: LoopArgs): Ending | null {
  const until = now() + SLICE_MS;
  while (!control.stopped) {
    if (searchOn(search, BATCH)) return 'all';
    if (aim?.properties.every((id) => search.violations.has(id)) === true) return 'user';
    if (search.store.count >= bounds.maxStates) return 'states';
    if (searchBytes(search) >= bounds.maxBytes) return 'memory';
    if (now() >= until) return null;
  }
  return 'user';
}

function figuresOf(search: Search, seconds: number): Figures {
  const { store, transitions, depth, frontier } = search;
  return {
    states: store.count,
    transitions,
    depth,
    frontier: waiting(frontier),
    bytes: searchBytes(search),
    seconds,
  };
}

/** What was found, by one worker or several, and in what world. */
export function outcomeIn(
  { scenario, built }: Assembled,
  findings: Findings,
): Pick<Outcome, 'verdicts' | 'world' | 'reduced' | 'shortest' | 'again'> {
  const { alone, symmetry } = findings.text;
  return {
    verdicts: verdictsIn(scenario, findings),
    world: { ...searchedWorld(scenario), actors: built.actors.map(({ id }) => id) },
    reduced: { alone, symmetry },
    shortest: 'steps',
    again: null,
  };
}

function verdictsIn(scenario: Scenario, findings: Findings): readonly PropertyVerdict[] {
  return verdictsOf(scenario, findings, null).map(sentVerdict);
}

/** A verdict as it is sent: its schedule as pairs. */
export function sentVerdict({ property, verdict, moves, missed }: Verdict): PropertyVerdict {
  const schedule = moves === null ? null : scheduleOf(moves);
  return { property, verdict, schedule, ...(missed !== undefined && { missed }) };
}

/** Moves as pairs. */
export function scheduleOf(moves: readonly Move[]): Schedule {
  return moves.map(({ actor, move }) => [actor, move] as const);
}
