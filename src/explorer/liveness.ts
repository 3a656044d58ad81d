import type { Engine, EngineText } from './engine.ts';
import { fairParts, type FairPart } from './fair-run.ts';
import { cycleIn, type Lasso } from './lasso.ts';
import { atEnd, createMachine, type Model, takeStep } from './model.ts';
import { movesTo } from './parent-log.ts';
import type { Move } from './run.ts';
import {
  EXCUSED,
  type Graph,
  graphBytes,
  type GraphMaking,
  graphOf,
  makeOn,
  startGraph,
} from './state-graph.ts';

export type Progress =
  /** `excused`: some fair run never ends, and each that does not reaches the excuse again and again. */
  | { readonly verdict: 'holds'; readonly excused: boolean }
  /** `threads`: numbers of actors that never finish. */
  | { readonly verdict: 'fails'; readonly lasso: Lasso; readonly threads: readonly number[] }
  /** `why`: which bound the graph met. */
  | { readonly verdict: 'not checked'; readonly why: 'states' | 'memory' };

export interface ProgressArgs {
  /** Where making the graph stops at the latest; it can be passed by a few hundred states. */
  readonly maxStates: number;
  readonly maxBytes: number;
  /** A moment: a run that reaches it again and again is nobody's fault. */
  readonly excuse: string;
}

/** A judgement under way. */
export interface Judgement {
  readonly model: Model;
  readonly making: GraphMaking;
  readonly args: ProgressArgs;
}

/** `engine` and `text` are those of the model. */
export function startProgress(
  model: Model,
  { engine, text }: { readonly engine: Engine; readonly text: EngineText },
  args: ProgressArgs,
): Judgement {
  return { model, making: startGraph(engine, text, args.excuse), args };
}

/**
 * Whether every fair run ends (see `fairParts` for what is fair): makes the graph of all states on by up to `budget` of them. Null as long
 * as it is not whole; the last call judges it in one go. Fails where a fair run can stay in a part of the graph for ever in which some
 * thread is not finished. Some 80 bytes a state in the scenarios.
 */
export function progressOn({ model, making, args }: Judgement, budget: number): Progress | null {
  if (makeOn(making, budget)) return judge(model, making);
  if (making.store.count > args.maxStates) return { verdict: 'not checked', why: 'states' };
  if (graphBytes(making) > args.maxBytes) return { verdict: 'not checked', why: 'memory' };
  return null;
}

/** States expanded between two looks at the bounds. */
const SLICE = 500;

/** The same without a pause. */
export function checkProgress(
  model: Model,
  compiled: { readonly engine: Engine; readonly text: EngineText },
  args: ProgressArgs,
): Progress {
  const judgement = startProgress(model, compiled, args);
  let progress: Progress | null = null;
  while (progress === null) progress = progressOn(judgement, SLICE);
  return progress;
}

function judge(model: Model, making: GraphMaking): Progress {
  const graph = graphOf(making);
  const found = endless(model, making, fairPartsOf(model, graph, false));
  if (found === null) {
    const isExcusing = graph.action.some((action) => (action & EXCUSED) !== 0);
    const excused = isExcusing && endless(model, making, fairPartsOf(model, graph, true)) !== null;
    return { verdict: 'holds', excused };
  }
  const threads = model.spec.actors.flatMap(({ role }, i) => (role === 'thread' ? [i] : []));
  const cycle = cycleIn(graph, found.part, threads);
  return { verdict: 'fails', lasso: { stem: found.stem, cycle }, threads: found.threads };
}

function fairPartsOf({ spec }: Model, graph: Graph, withExcused: boolean): readonly FairPart[] {
  return fairParts({ graph, roles: spec.actors.map(({ role }) => role), withExcused });
}

/** The first of the parts in which some thread is not finished, and how it is reached. */
function endless(model: Model, { log }: GraphMaking, parts: readonly FairPart[]) {
  for (const part of parts) {
    const stem = movesTo(log, part.start);
    const threads = unfinished(model, stem);
    if (threads.length > 0) return { part, stem, threads };
  }
  return null;
}

/** Threads that are not at an end after a schedule. A pc at an end stays there, so one state speaks for its whole part. */
function unfinished(model: Model, stem: readonly Move[]): readonly number[] {
  const machine = createMachine(model);
  for (const { actor, move } of stem) takeStep(model, machine, actor, move);
  return model.spec.actors.flatMap(({ role }, i) =>
    role === 'thread' && !atEnd(model, machine, i) ? [i] : [],
  );
}
