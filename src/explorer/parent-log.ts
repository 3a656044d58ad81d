import { at } from '../lib/at.ts';
import type { Move } from './run.ts';

/** How each state was first reached, in the order of finding (ids from 1): the id before it, and the move. 6 bytes a state. */
export interface ParentLog {
  count: number;
  readonly parents: Uint32Array[];
  /** actor * 32 + move. */
  readonly actions: Uint16Array[];
}

const BITS = 14;
const BLOCK = 1 << BITS;

export function createParentLog(): ParentLog {
  return { count: 0, parents: [], actions: [] };
}

/** Adds a state and gives its id. */
export function logState(log: ParentLog, parent: number, action: number): number {
  const id = ++log.count;
  const parents = log.parents[id >>> BITS] ?? added(log.parents, new Uint32Array(BLOCK));
  const actions = log.actions[id >>> BITS] ?? added(log.actions, new Uint16Array(BLOCK));
  parents[id & (BLOCK - 1)] = parent;
  actions[id & (BLOCK - 1)] = action;
  return id;
}

function added<Block>(blocks: Block[], block: Block): Block {
  blocks.push(block);
  return block;
}

/** The moves from the first state to one. */
export function movesTo(log: ParentLog, state: number): readonly Move[] {
  const moves: Move[] = [];
  for (let id = state; ;) {
    const [block, i] = [id >>> BITS, id & (BLOCK - 1)];
    const parent = at(at(log.parents, block), i);
    if (parent === 0) return moves.reverse();
    moves.push(moveOf(at(at(log.actions, block), i)));
    id = parent;
  }
}

/** actor * 32 + move as a move. */
export function moveOf(action: number): Move {
  return { actor: action >>> 5, move: action & 31 };
}

export function logBytes({ parents }: ParentLog): number {
  return parents.length * BLOCK * 6;
}
