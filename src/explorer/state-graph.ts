import { append, type Growing, growing } from '../lib/growing.ts';
import type { Engine, EngineText } from './engine.ts';
import {
  blockOfNext,
  createFrontier,
  type Frontier,
  frontierBytes,
  nextLevel,
  pushState,
  takeNext,
  waiting,
} from './frontier.ts';
import { createParentLog, logBytes, logState, type ParentLog } from './parent-log.ts';
import { createStateStore, idOf, type StateStore, storeBytes } from './state-store.ts';
import { SUCCESSOR } from './successor.ts';

/** Every reachable state, by ids from 1 in the order of their distance from the first, and every move. */
export interface Graph {
  readonly states: number;
  /** The moves of state s are `first[s]` to `first[s + 1]`. */
  readonly first: Uint32Array;
  readonly target: Uint32Array;
  /** actor * 32 + move, and `EXCUSED`. */
  readonly action: Uint16Array;
}

/** A bit of an action: the move reached the excuse, so that no run that makes it again and again is anybody's fault. */
export const EXCUSED = 1 << 15;

/** A graph that is being made, breadth first. */
export interface GraphMaking {
  readonly engine: Engine;
  readonly stride: number;
  /** The excuse as a mask of moments; 0 where nothing can reach it. */
  readonly excuse: number;
  readonly store: StateStore;
  readonly log: ParentLog;
  readonly frontier: Frontier;
  readonly first: Growing;
  readonly target: Growing;
  readonly action: Growing<Uint16Array>;
  /** Distance of the states now expanded from the first, in steps. */
  depth: number;
}

/** `excuse`: a moment, see `EXCUSED`. */
export function startGraph(engine: Engine, text: EngineText, excuse: string): GraphMaking {
  const { words } = text.packing;
  const making: GraphMaking = {
    engine,
    stride: SUCCESSOR + words,
    excuse: text.moments.includes(excuse) ? 1 << text.moments.indexOf(excuse) : 0,
    store: createStateStore(),
    log: createParentLog(),
    frontier: createFrontier(words),
    first: growing(Uint32Array),
    target: growing(Uint32Array),
    action: growing(Uint16Array),
    depth: 0,
  };
  append(making.first, 0);
  engine.start(false);
  visit(making, 0, 0);
  nextLevel(making.frontier);
  return making;
}

/** Expands up to `budget` states. True when there is nothing left to expand. */
export function makeOn(making: GraphMaking, budget: number): boolean {
  const { frontier } = making;
  for (let left = budget; left > 0; left--) {
    const block = blockOfNext(frontier);
    if (block === null) {
      if (!nextLevel(frontier)) return true;
      making.depth += 1;
      continue;
    }
    expand(making, block, takeNext(frontier));
  }
  return false;
}

function expand(making: GraphMaking, block: Int32Array, place: number): void {
  const { engine, stride, excuse, first, target, action } = making;
  const { out } = engine;
  const from = block[place] ?? 0;
  append(first, target.length);
  const end = (engine.expand(block, place + 1, 0) >>> 2) * stride;
  for (let q = 0; q < end; q += stride) {
    const isExcused = ((out[q + 4] ?? 0) & excuse) !== 0;
    append(action, (out[q + 2] ?? 0) | (isExcused ? EXCUSED : 0));
    append(target, visit(making, q, from));
  }
}

/** The id of the successor at `q`; one that was not known waits to be expanded. */
function visit({ engine: { out }, store, log, frontier }: GraphMaking, q: number, from: number): number {
  const before = store.count;
  const id = idOf(store, (out[q] ?? 0) >>> 0, (out[q + 1] ?? 0) >>> 0);
  if (store.count > before) pushState(frontier, logState(log, from, out[q + 2] ?? 0), out, q + SUCCESSOR);
  return id;
}

/** The graph, once `makeOn` gave true. */
export function graphOf({ first, target, action }: GraphMaking): Graph {
  const starts = new Uint32Array(first.length + 1);
  starts.set(first.items.subarray(0, first.length));
  starts[first.length] = target.length;
  return { states: first.length - 1, first: starts, target: target.items, action: action.items };
}

/** Bytes in use. */
export function graphBytes({ store, log, frontier, first, target, action }: GraphMaking): number {
  const edges = first.items.byteLength + target.items.byteLength + action.items.byteLength;
  return storeBytes(store) + logBytes(log) + frontierBytes(frontier) + edges;
}

/** How far the making is. */
export function graphFigures(making: GraphMaking) {
  const { store, target, depth, frontier } = making;
  return {
    states: store.count,
    transitions: target.length,
    depth,
    frontier: waiting(frontier),
    bytes: graphBytes(making),
  };
}
