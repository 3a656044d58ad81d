import { at } from '../lib/at.ts';
import { components } from './components.ts';
import { type Engine, type EngineText, SUCCESSOR } from './engine.ts';
import { createMachine, atEnd, type Model, takeStep } from './model.ts';
import type { Move } from './run.ts';
import { addState, createStateStore, findState, type StateStore } from './state-store.ts';

/** Every reachable state and every move: the moves of state s (ids from 1) are `first[s]` to `first[s + 1]`. */
export interface Graph {
  readonly store: StateStore;
  readonly first: Uint32Array;
  /** 0: the move is excused, and no run that makes it for ever counts. */
  readonly target: Uint32Array;
  /** Where the excused moves lead, by their index in `target`. */
  readonly excused: ReadonlyMap<number, number>;
  /** actor * 32 + move. */
  readonly action: Uint16Array;
}

/** A run that goes on for ever: its first part, then a part that is repeated. */
export interface Lasso {
  readonly stem: readonly Move[];
  readonly cycle: readonly Move[];
}

export type Progress =
  /** `excused`: some fair run never ends, and each that does not reaches the excuse again and again. */
  | { readonly verdict: 'holds'; readonly excused: boolean }
  /** `threads`: numbers of actors that never finish. */
  | { readonly verdict: 'fails'; readonly lasso: Lasso; readonly threads: readonly number[] }
  | { readonly verdict: 'not checked' };

export interface ProgressArgs {
  readonly maxStates: number;
  /** A moment: a run that reaches it again and again is nobody's fault. */
  readonly excuse: string;
  /** Hears of the states found, every few thousand. */
  readonly onStates?: (states: number) => void;
}

/**
 * Whether every fair run ends. Threads are scheduled weakly fairly: one that can move from some time on without a pause does
 * move. Services (interrupt handlers, RCU) strongly: a pending interrupt is taken at some instruction boundary where interrupts are
 * on, however many instructions lie between (SDM 6.8.1). Speculation owes nothing. Fails where a strongly connected part of the state graph
 * has such a run in it and holds an unfinished thread. `not checked` beyond `maxStates`, whose graph would take some 20 bytes each
 * on top of the states.
 */
export function checkProgress(
  model: Model,
  { engine, text }: { readonly engine: Engine; readonly text: EngineText },
  args: ProgressArgs,
): Progress {
  const graph = reachableGraph(engine, text, args);
  if (graph === null) return { verdict: 'not checked' };
  const found = fairPart(model, graph);
  if (found === null) {
    const excused = graph.excused.size > 0 && fairPart(model, withoutExcuse(graph)) !== null;
    return { verdict: 'holds', excused };
  }
  const { part, stem, threads } = found;
  return { verdict: 'fails', lasso: { stem, cycle: cycleIn(graph, part) }, threads };
}

interface FairPart {
  readonly part: Uint32Array;
  readonly stem: readonly Move[];
  readonly threads: readonly number[];
}

/** A part of the graph in which a fair run can stay for ever while some thread is not finished. */
function fairPart(model: Model, graph: Graph): FairPart | null {
  const parts = [...components(graph)];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const found = judgePart(model, graph, part);
    if (found.k === 'split') parts.push(...components(graph, found.rest));
    if (found.k !== 'fair') continue;
    const stem = movesTo(graph.store, at(part, 0));
    const threads = unfinished(model, stem);
    if (threads.length > 0) return { part, stem, threads };
  }
  return null;
}

/** The graph with the moves in it that were excused. */
function withoutExcuse(graph: Graph): Graph {
  const target = graph.target.slice();
  for (const [edge, to] of graph.excused) target[edge] = to;
  return { ...graph, target, excused: new Map() };
}

/** States between two reports. */
const REPORT_EVERY = 4096;

/** Breadth first; null when there are more states than `maxStates`. */
export function reachableGraph(
  engine: Engine,
  text: EngineText,
  { maxStates, excuse, onStates }: ProgressArgs,
): Graph | null {
  const { words } = text.packing;
  const excused = text.moments.includes(excuse) ? 1 << text.moments.indexOf(excuse) : 0;
  const store = createStateStore();
  const [first, target, action]: [number[], number[], number[]] = [[0, 0], [], []];
  const excusedMoves = new Map<number, number>();
  const stride = SUCCESSOR + words;
  const { out } = engine;
  let level: Int32Array[] = [];
  let next: Int32Array[] = [];
  const visit = (q: number, parent: number): number => {
    const [low, high] = [at(out, q) >>> 0, at(out, q + 1) >>> 0];
    const id = addState(store, low, high, parent, at(out, q + 2));
    if (id === 0) return findState(store, low, high);
    next.push(out.slice(q + SUCCESSOR, q + stride));
    return id;
  };
  engine.start();
  visit(0, 0);
  while (next.length > 0) {
    [level, next] = [next, []];
    for (const packed of level) {
      if (store.count > maxStates) return null;
      const successors = engine.expand(packed, 0, 0) >>> 2;
      const from = first.length - 1;
      for (let q = 0; q < successors * stride; q += stride) {
        action.push(at(out, q + 2));
        const to = visit(q, from);
        const isExcused = (at(out, q + 4) & excused) !== 0;
        if (isExcused) excusedMoves.set(target.length, to);
        target.push(isExcused ? 0 : to);
      }
      first.push(target.length);
      if (first.length % REPORT_EVERY === 0) onStates?.(store.count);
    }
  }
  return {
    store,
    first: Uint32Array.from(first),
    target: Uint32Array.from(target),
    excused: excusedMoves,
    action: Uint16Array.from(action),
  };
}

type Judged =
  | { readonly k: 'fair' }
  | { readonly k: 'unfair' }
  /** A service could move but never does within the part: a fair run stays where it cannot. */
  | { readonly k: 'split'; readonly rest: ReadonlySet<number> };

/** Whether a fair run can stay within the part for ever and visit all of it. */
function judgePart({ spec }: Model, graph: Graph, part: Uint32Array): Judged {
  const { moving, enabledIn } = movesWithin(graph, part);
  const idle = spec.actors.flatMap(({ role }, i) => (role === 'whim' || moving.has(i) ? [] : [i]));
  const owed = idle.filter((i) => at(spec.actors, i).role === 'service' && enabledIn.has(i));
  if (owed.length > 0) {
    const canMove = new Set(owed.flatMap((i) => [...(enabledIn.get(i) ?? [])]));
    return { k: 'split', rest: new Set([...part].filter((state) => !canMove.has(state))) };
  }
  const isFair = idle.every((i) => (enabledIn.get(i)?.size ?? 0) < part.length);
  return { k: moving.size > 0 && isFair ? 'fair' : 'unfair' };
}

/** Who moves within a part, and in which of its states each actor could move. */
function movesWithin({ first, target, action }: Graph, part: Uint32Array) {
  const inside = new Set(part);
  const moving = new Set<number>();
  const enabledIn = new Map<number, Set<number>>();
  for (const state of part)
    for (let e = at(first, state); e < at(first, state + 1); e++) {
      const actor = at(action, e) >>> 5;
      const states = enabledIn.get(actor) ?? new Set<number>();
      enabledIn.set(actor, states.add(state));
      if (inside.has(at(target, e))) moving.add(actor);
    }
  return { moving, enabledIn };
}

function movesTo(store: StateStore, state: number): readonly Move[] {
  const moves: Move[] = [];
  for (let id = state; at(store.parent, id) !== 0; id = at(store.parent, id)) {
    const action = at(store.action, id);
    moves.unshift({ actor: action >>> 5, move: action & 31 });
  }
  return moves;
}

/** Threads that are not at an end after a schedule. A pc at an end stays there, so one state speaks for its whole part. */
function unfinished(model: Model, stem: readonly Move[]): readonly number[] {
  const machine = createMachine(model);
  for (const { actor, move } of stem) takeStep(model, machine, actor, move);
  return model.spec.actors.flatMap(({ role }, i) =>
    role === 'thread' && !atEnd(model, machine, i) ? [i] : [],
  );
}

/** A way round within a part, from its first state, on which every actor that moves there does. */
function cycleIn(graph: Graph, part: Uint32Array): readonly Move[] {
  const inside = new Set(part);
  const start = at(part, 0);
  const missing = new Set<number>();
  for (const state of part)
    for (let e = at(graph.first, state); e < at(graph.first, state + 1); e++)
      if (inside.has(at(graph.target, e))) missing.add(at(graph.action, e) >>> 5);
  const cycle: Move[] = [];
  let here = start;
  const go = (isGoal: (edge: number) => boolean): void => {
    for (const edge of shortestWay(graph, inside, { from: here, isGoal })) {
      const action = at(graph.action, edge);
      cycle.push({ actor: action >>> 5, move: action & 31 });
      missing.delete(action >>> 5);
      here = at(graph.target, edge);
    }
  };
  while (missing.size > 0) go((edge) => missing.has(at(graph.action, edge) >>> 5));
  if (here !== start) go((edge) => at(graph.target, edge) === start);
  return cycle;
}

interface Way {
  readonly from: number;
  readonly isGoal: (edge: number) => boolean;
}

/** The moves (as numbers in the graph) of a shortest way inside a part that ends with a goal. */
function shortestWay(graph: Graph, inside: ReadonlySet<number>, { from, isGoal }: Way): readonly number[] {
  const cameBy = new Map<number, number>();
  const cameFrom = new Map<number, number>();
  const queue = [from];
  for (const state of queue)
    for (let e = at(graph.first, state); e < at(graph.first, state + 1); e++) {
      const to = at(graph.target, e);
      if (!inside.has(to)) continue;
      if (isGoal(e)) {
        const way = [e];
        for (let s = state; s !== from; s = cameFrom.get(s) ?? from) way.unshift(cameBy.get(s) ?? 0);
        return way;
      }
      if (to === from || cameBy.has(to)) continue;
      cameBy.set(to, e);
      cameFrom.set(to, state);
      queue.push(to);
    }
  throw new Error('a strongly connected part has no way round');
}
