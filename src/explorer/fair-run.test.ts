import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { createRng } from '../lib/rng.ts';
import { actorOf, fairParts } from './fair-run.ts';
import { cycleIn } from './lasso.ts';
import type { Actor } from './model.ts';
import { moveOf } from './parent-log.ts';
import { EXCUSED, type Graph } from './state-graph.ts';

const ROLES: readonly Actor['role'][] = ['thread', 'thread', 'service', 'service', 'whim'];
const MOST_STATES = 8;

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly actor: number;
  readonly excused: boolean;
}

function randomEdges(seed: number): { readonly states: number; readonly edges: readonly Edge[] } {
  const rng = createRng(seed);
  const states = 2 + rng.next(MOST_STATES - 1);
  const edges = Array.from({ length: rng.next(3 * states) }, () => ({
    from: 1 + rng.next(states),
    to: 1 + rng.next(states),
    actor: rng.next(ROLES.length),
    excused: rng.next(8) === 0,
  }));
  return { states, edges: edges.toSorted((a, b) => a.from - b.from) };
}

function graphWith(states: number, edges: readonly Edge[]): Graph {
  const first = Uint32Array.from({ length: states + 2 }, (_, s) => edges.filter((e) => e.from < s).length);
  const numbers = edges.map(({ actor, excused }, i) => actor * 32 + (i % 32) + (excused ? EXCUSED : 0));
  return {
    states,
    first,
    target: Uint32Array.from(edges, ({ to }) => to),
    action: Uint16Array.from(numbers),
  };
}

/** Whether a run that visits these states, and takes these moves, again and again is fair. */
function isFair(states: ReadonlySet<number>, taken: readonly Edge[], edges: readonly Edge[]): boolean {
  return ROLES.every((role, actor) => {
    if (role === 'whim' || taken.some((edge) => edge.actor === actor)) return true;
    const canMove = [...states].filter((s) => edges.some((edge) => edge.from === s && edge.actor === actor));
    return role === 'thread' ? canMove.length < states.size : canMove.length === 0;
  });
}

/** The obvious way: each set of states, whether one can go round in all of it and whether that is fair. */
function statesOfFairRuns(states: number, edges: readonly Edge[], withExcused: boolean): ReadonlySet<number> {
  const found = new Set<number>();
  for (let mask = 1; mask < 1 << states; mask++) {
    const among = new Set(
      Array.from({ length: states }, (_, i) => i + 1).filter((s) => (mask >> (s - 1)) & 1),
    );
    const within = edges.filter((e) => among.has(e.from) && among.has(e.to) && (withExcused || !e.excused));
    if (within.length === 0 || !isFair(among, within, edges)) continue;
    const isRound = [...among].every((s) => reachedFrom(s, within).size === among.size);
    if (isRound) for (const state of among) found.add(state);
  }
  return found;
}

function reachedFrom(start: number, edges: readonly Edge[]): ReadonlySet<number> {
  const reached = new Set([start]);
  for (const state of reached) for (const { from, to } of edges) if (from === state) reached.add(to);
  return reached;
}

const SEEDS = Array.from({ length: 600 }, (_, i) => i + 1);

describe('the parts of a graph in which a fair run can stay for ever', () => {
  it.each([false, true])(
    'are those that trying every set of states finds (excused runs count: %s)',
    (withExcused) => {
      let fair = 0;
      for (const seed of SEEDS) {
        const { states, edges } = randomEdges(seed);
        const parts = fairParts({ graph: graphWith(states, edges), roles: ROLES, withExcused });
        const found = new Set(parts.flatMap((part) => [...part.states]));
        expect(found, `seed ${String(seed)}`).toEqual(statesOfFairRuns(states, edges, withExcused));
        for (const isStrong of [true, false]) {
          const starts = parts.filter((part) => part.isStrong === isStrong).map(({ start }) => start);
          expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        }
        for (const { start, states: some } of parts) expect(start).toBe(Math.min(...some));
        if (found.size > 0) fair += 1;
      }
      expect(fair).toBeGreaterThan(60);
      expect(fair).toBeLessThan(SEEDS.length - 60);
    },
  );

  it('have a way round each that is fair itself, and is not excused', () => {
    let rounds = 0;
    for (const seed of SEEDS) {
      const { states, edges } = randomEdges(seed);
      const graph = graphWith(states, edges);
      for (const part of fairParts({ graph, roles: ROLES, withExcused: false })) {
        const taken = follow(part.start, cycleIn(graph, part, [0, 1]), { graph, edges });
        expect(taken.at(-1)?.to, `seed ${String(seed)}`).toBe(part.start);
        expect(taken.some(({ excused }) => excused)).toBe(false);
        expect(isFair(new Set(taken.map(({ from }) => from)), taken, edges), `seed ${String(seed)}`).toBe(
          true,
        );
        rounds += 1;
      }
    }
    expect(rounds).toBeGreaterThan(60);
  });
});

/** The edges that a list of moves takes. Each edge of a state has a move of its own. */
function follow(
  start: number,
  moves: ReturnType<typeof cycleIn>,
  { graph, edges }: { readonly graph: Graph; readonly edges: readonly Edge[] },
): readonly Edge[] {
  let here = start;
  return moves.map(({ actor, move }) => {
    const i = edges.findIndex(({ from }, e) => {
      const action = at(graph.action, e);
      return from === here && actorOf(action) === actor && moveOf(action).move === move;
    });
    here = at(edges, i).to;
    return at(edges, i);
  });
}
