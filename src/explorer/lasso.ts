import { at, must } from '../lib/at.ts';
import { actorOf, canMove, type FairPart } from './fair-run.ts';
import { moveOf } from './parent-log.ts';
import type { Move } from './run.ts';
import { EXCUSED, type Graph } from './state-graph.ts';

/** A run that goes on for ever: its first part, then a part that is repeated. */
export interface Lasso {
  readonly stem: readonly Move[];
  readonly cycle: readonly Move[];
}

/** Something that must come to pass on a way round, or the run that repeats it is not fair: whether an edge does it. */
type Duty = (edge: number) => boolean;

/**
 * A way round within a part, from its start, that is fair when it is repeated for ever: everybody who can move in the part does so,
 * and each thread that cannot is once seen where it has to wait. `threads`: numbers of actors.
 */
export function cycleIn(graph: Graph, part: FairPart, threads: readonly number[]): readonly Move[] {
  const cycle: Move[] = [];
  let here = part.start;
  const go = (isGoal: (edge: number) => boolean): readonly number[] => {
    const way = shortestWay({ graph, part, from: here, isGoal });
    for (const edge of way) cycle.push(moveOf(at(graph.action, edge) & ~EXCUSED));
    here = at(graph.target, at(way, way.length - 1));
    return way;
  };
  let duties = dutiesIn(graph, part, threads);
  while (duties.length > 0) {
    const way = go((edge) => duties.some((isDoneBy) => isDoneBy(edge)));
    duties = duties.filter((isDoneBy) => !way.some(isDoneBy));
  }
  if (here !== part.start) go((edge) => at(graph.target, edge) === part.start);
  return cycle;
}

function dutiesIn(graph: Graph, { states, isInside }: FairPart, threads: readonly number[]): readonly Duty[] {
  const moving = new Set<number>();
  for (const state of states)
    for (let e = at(graph.first, state); e < at(graph.first, state + 1); e++)
      if (isInside(e)) moving.add(actorOf(at(graph.action, e)));
  const moves = [...moving].map(
    (actor): Duty =>
      (edge) =>
        actorOf(at(graph.action, edge)) === actor,
  );
  const waits = threads
    .filter((thread) => !moving.has(thread))
    .map(
      (thread): Duty =>
        (edge) =>
          !canMove(graph, at(graph.target, edge), new Set([thread])),
    );
  return [...moves, ...waits];
}

interface Way {
  readonly graph: Graph;
  readonly part: FairPart;
  readonly from: number;
  readonly isGoal: (edge: number) => boolean;
}

/** The edges of a shortest way inside a part that ends with a goal. */
function shortestWay({ graph, part, from, isGoal }: Way): readonly number[] {
  const cameBy = new Map<number, Came>();
  const queue = [from];
  for (const state of queue)
    for (let e = at(graph.first, state); e < at(graph.first, state + 1); e++) {
      if (!part.isInside(e)) continue;
      if (isGoal(e)) return [...wayTo(cameBy, from, state), e];
      const to = at(graph.target, e);
      if (to === from || cameBy.has(to)) continue;
      cameBy.set(to, { edge: e, before: state });
      queue.push(to);
    }
  throw new Error('a strongly connected part has no way round');
}

interface Came {
  readonly edge: number;
  readonly before: number;
}

function wayTo(cameBy: ReadonlyMap<number, Came>, from: number, to: number): readonly number[] {
  const way: number[] = [];
  for (let state = to; state !== from;) {
    const { edge, before } = must(cameBy, state);
    way.unshift(edge);
    state = before;
  }
  return way;
}
