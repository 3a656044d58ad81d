import type { Machine } from '../program/interpret.ts';
import { atEnd, isEnabled, type Model, moveCount } from './model.ts';

/** True when the actor has an enabled move. */
export function canMove(model: Model, machine: Machine, actor: number): boolean {
  const moves = moveCount(model, machine, actor);
  for (let move = 0; move < moves; move++) if (isEnabled(model, machine, actor, move)) return true;
  return false;
}

/**
 * A deadlock: some thread is neither finished nor stopped for ever, and nobody can move. Speculation does not count as
 * moving; a thread that stopped for ever does not count as waiting, but those who wait for its locks do.
 */
export function isDeadlock(model: Model, machine: Machine): boolean {
  let waiting = false;
  for (const [index, { role }] of model.spec.actors.entries()) {
    if (role === 'whim') continue;
    if (canMove(model, machine, index)) return false;
    if (role === 'thread' && !atEnd(model, machine, index)) waiting = true;
  }
  return waiting;
}
