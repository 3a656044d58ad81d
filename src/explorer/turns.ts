import { at } from '../lib/at.ts';
import type { Machine } from '../program/interpret.ts';
import { breaksBy, movesThatBreak } from './minimise.ts';
import { createMachine, isEnabled, type Model, moveCount } from './model.ts';
import type { Move } from './run.ts';

/** A switch that a counterexample cannot do without. */
export interface Crossing {
  /** Index of the last step before it, whose actor could have gone on. */
  readonly before: number;
  /** Index of the first step of whoever came in between. */
  readonly after: number;
  /** Index of the step with which the actor that was stopped goes on. */
  readonly resumes: number;
  /** The same run where it is not stopped, to its end: nothing breaks in it. */
  readonly instead: readonly Move[];
}

/** A run that ends takes less than so many times the steps of the counterexample; one that takes more may go on for ever. */
const PATIENCE = 20;

/**
 * The switches that matter: for each place where an actor is stopped although it could go on, that actor is let go on instead
 * until it waits or is done, the others then make their moves in their order, and everything is run to its end. Where nothing
 * breaks on that way, the two steps on either side are why something did.
 */
export function explain(model: Model, schedule: readonly Move[], property: string): readonly Crossing[] {
  const moves = movesThatBreak(model, schedule, property);
  if (moves === null) return [];
  return moves.flatMap(({ actor }, before): Crossing[] => {
    const after = before + 1;
    const resumes = moves.findIndex((move, i) => i > after && move.actor === actor);
    if (resumes < 0 || moves[after]?.actor === actor) return [];
    const instead = goingOn({ model, property, machine: createMachine(model), made: [] }, moves, before);
    return instead === null ? [] : [{ before, after, resumes, instead }];
  });
}

interface OtherWay {
  readonly model: Model;
  readonly property: string;
  readonly machine: Machine;
  readonly made: Move[];
}

/** The moves of the other way; null where it breaks as well, does not end, or is no other way, since the actor had to wait. */
function goingOn(way: OtherWay, moves: readonly Move[], before: number): readonly Move[] | null {
  for (const move of moves.slice(0, before + 1)) take(way, move);
  const { actor } = at(moves, before);
  const left = moves.slice(before + 1);
  const budget = PATIENCE * moves.length;
  for (let isFirst = true; ; isFirst = false) {
    const own = left.findIndex((move) => move.actor === actor);
    const move = possible(way, own < 0 ? undefined : left[own], actor);
    if (move === null && isFirst) return null;
    if (move === null) break;
    if (own >= 0) left.splice(own, 1);
    if (way.made.length > budget || take(way, move)) return null;
  }
  return inOrder(way, left) && toTheEnd(way, budget) ? way.made : null;
}

/** Whether the moves that are left break nothing, each made as soon as those before it are made, or wait. */
function inOrder(way: OtherWay, left: Move[]): boolean {
  for (;;) {
    const waiting = new Set<number>();
    const next = left.findIndex(({ actor, move }) => {
      const isFirst = !waiting.has(actor);
      waiting.add(actor);
      return isFirst && isEnabled(way.model, way.machine, actor, move);
    });
    const [move] = next < 0 ? [] : left.splice(next, 1);
    if (move === undefined) return true;
    if (take(way, move)) return false;
  }
}

/** Whether everybody comes to an end without breaking anything, taking turns. Nobody depends on whims. */
function toTheEnd(way: OtherWay, budget: number): boolean {
  const actors = way.model.spec.actors.flatMap(({ role }, actor) => (role === 'whim' ? [] : [actor]));
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    for (const actor of actors) {
      const move = possible(way, undefined, actor);
      if (move === null) continue;
      if (way.made.length > budget || take(way, move)) return false;
      isMoving = true;
    }
  }
  return true;
}

/** The wanted move where it can be made, else the first that the actor can make; null when it waits or is done. */
function possible({ model, machine }: OtherWay, wanted: Move | undefined, actor: number): Move | null {
  if (wanted !== undefined && isEnabled(model, machine, actor, wanted.move)) return wanted;
  const count = moveCount(model, machine, actor);
  for (let move = 0; move < count; move++) if (isEnabled(model, machine, actor, move)) return { actor, move };
  return null;
}

/** Makes a move; whether it breaks the property. */
function take({ model, property, machine, made }: OtherWay, { actor, move }: Move): boolean {
  made.push({ actor, move });
  return breaksBy({ model, machine, property }, { actor, move });
}
