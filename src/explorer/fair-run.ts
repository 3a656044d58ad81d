import { at } from '../lib/at.ts';
import { allNodes, type Division, divideIntoParts, divideOff, undivided } from './components.ts';
import type { Actor } from './model.ts';
import { EXCUSED, type Graph } from './state-graph.ts';

/** States among which a fair run can stay for ever, visiting all of them again and again. */
export interface FairPart {
  /** The one that is nearest to the first state. */
  readonly start: number;
  readonly states: Uint32Array;
  /** Whether no thread that stands still could move there: then even a scheduler that owes more to threads lets it go on. */
  readonly isStrong: boolean;
  /** Whether an edge from one of them leads to one of them, and counts. */
  readonly isInside: (edge: number) => boolean;
}

/** Number of an actor in an action. */
export function actorOf(action: number): number {
  return (action & ~EXCUSED) >>> 5;
}

export interface FairRunArgs {
  readonly graph: Graph;
  /** By actor. */
  readonly roles: readonly Actor['role'][];
  /** Whether runs count that are excused again and again. */
  readonly withExcused: boolean;
}

/**
 * The parts of a graph in which some fair run can go on for ever: the strong ones, then the others, each from near the first state to far. Threads are scheduled weakly
 * fairly: one that can move from some time on without a pause does move. Services strongly: one that can move again and again does.
 * Speculation owes nothing. (Emerson and Lei 1987: a part in which a service could move and does not is looked at again
 * without the states where it could.)
 */
export function fairParts({ graph, roles, withExcused }: FairRunArgs): readonly FairPart[] {
  const { action } = graph;
  const counts = withExcused ? () => true : (edge: number) => ((action[edge] ?? 0) & EXCUSED) === 0;
  const division = undivided(graph, counts);
  const parts = [...divideIntoParts(division, allNodes(division), 1)];
  const fair: FairPart[] = [];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const judged = judgePart({ graph, roles, division }, part);
    if (judged === 'strong' || judged === 'fair') {
      const start = part.reduce((least, state) => Math.min(least, state));
      const isInside = insideOf(division, at(division.setOf, start));
      fair.push({ start, states: part, isStrong: judged === 'strong', isInside });
    } else if (judged !== 'unfair')
      for (const smaller of divideIntoParts(division, judged, divideOff(division, judged)))
        parts.push(smaller);
  }
  return fair.sort((a, b) => Number(b.isStrong) - Number(a.isStrong) || a.start - b.start);
}

function insideOf({ edges: { target }, setOf, counts }: Division, set: number) {
  return (edge: number): boolean => setOf[target[edge] ?? 0] === set && counts(edge);
}

interface Judging {
  readonly graph: Graph;
  readonly roles: readonly Actor['role'][];
  readonly division: Division;
}

/**
 * Whether a fair run can stay within the part for ever and visit all of it. Where a service could move but never does within
 * the part: the states where it cannot, in which a fair run may stay.
 */
function judgePart(judging: Judging, part: Uint32Array): 'strong' | 'fair' | 'unfair' | Uint32Array {
  const { graph, roles } = judging;
  const { moves, enabledIn } = movesWithin(judging, part);
  const idle = roles.flatMap((role, i) => (role === 'whim' || at(moves, i) > 0 ? [] : [i]));
  const owed = new Set(idle.filter((i) => roles[i] === 'service' && at(enabledIn, i) > 0));
  if (owed.size > 0) return part.filter((state) => !canMove(graph, state, owed));
  const isFair = idle.every((i) => at(enabledIn, i) < part.length);
  if (!isFair || moves.every((count) => count === 0)) return 'unfair';
  return idle.every((i) => at(enabledIn, i) === 0) ? 'strong' : 'fair';
}

/** By actor: its moves within a part, and in how many of its states it could move. */
function movesWithin({ graph, roles, division }: Judging, part: Uint32Array) {
  const { first, action } = graph;
  const isInside = insideOf(division, at(division.setOf, at(part, 0)));
  const none = (): Uint32Array => new Uint32Array(roles.length);
  const [moves, enabledIn, lastIn] = [none(), none(), none()];
  for (const state of part)
    for (let e = first[state] ?? 0; e < (first[state + 1] ?? 0); e++) {
      const actor = actorOf(action[e] ?? 0);
      if (lastIn[actor] !== state) enabledIn[actor] = (enabledIn[actor] ?? 0) + 1;
      lastIn[actor] = state;
      if (isInside(e)) moves[actor] = (moves[actor] ?? 0) + 1;
    }
  return { moves, enabledIn };
}

/** Whether one of some actors can move in a state. */
export function canMove({ first, action }: Graph, state: number, actors: ReadonlySet<number>): boolean {
  for (let e = first[state] ?? 0; e < (first[state + 1] ?? 0); e++)
    if (actors.has(actorOf(action[e] ?? 0))) return true;
  return false;
}
