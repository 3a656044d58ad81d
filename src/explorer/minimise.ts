import { isDeadlock } from './deadlock.ts';
import { createMachine, isEnabled, type Model, takeStep } from './model.ts';
import type { Move } from './run.ts';

/**
 * Follows a schedule and leaves out the moves that cannot be made where they stand. Gives the moves made up to the one that
 * breaks the property (an id; `no-deadlock` is a state), or null when none does.
 */
export function movesThatBreak(
  model: Model,
  schedule: readonly Move[],
  property: string,
): readonly Move[] | null {
  const machine = createMachine(model);
  const made: Move[] = [];
  for (const move of schedule) {
    if (!isEnabled(model, machine, move.actor, move.move)) continue;
    const found = takeStep(model, machine, move.actor, move.move);
    machine.journal.length = 0;
    made.push(move);
    if (found.some(({ kind, id }) => kind === 'violation' && id === property)) return made;
    if (property === 'no-deadlock' && isDeadlock(model, machine)) return made;
  }
  return null;
}

/**
 * A part of a schedule that breaks the same property, and from which no single move can be left out (delta debugging,
 * Zeller and Hildebrandt 2002). `onShorter` hears of the moves of the best so far. Null when the schedule does not break it.
 */
export function minimise(
  model: Model,
  schedule: readonly Move[],
  property: string,
  onShorter?: (moves: number) => void,
): readonly Move[] | null {
  let best = movesThatBreak(model, schedule, property);
  if (best === null) return null;
  for (let parts = 2; parts <= 2 * best.length;) {
    onShorter?.(best.length);
    const shorter = withoutOnePart(model, best, { parts: Math.min(parts, best.length), property });
    if (shorter !== null) {
      best = shorter;
      parts = Math.max(2, parts - 1);
    } else if (parts >= best.length) return best;
    else parts = Math.min(parts * 2, best.length);
  }
  return best;
}

function withoutOnePart(
  model: Model,
  moves: readonly Move[],
  { parts, property }: { readonly parts: number; readonly property: string },
): readonly Move[] | null {
  const size = Math.ceil(moves.length / parts);
  for (let from = 0; from < moves.length; from += size) {
    const rest = [...moves.slice(0, from), ...moves.slice(from + size)];
    const made = movesThatBreak(model, rest, property);
    if (made !== null && made.length < moves.length) return made;
  }
  return null;
}

/** A switch that a counterexample cannot do without. */
export interface Crossing {
  /** Index of the last step before it, whose actor had more to do. */
  readonly before: number;
  /** Index of the first step of whoever came in between. */
  readonly after: number;
}

/**
 * The switches that matter: for each place where an actor is stopped in the middle of its work, that actor is let go on
 * instead, as far as it gets in this schedule. Where nothing breaks then, the two steps on either side are why something did.
 */
export function explain(model: Model, schedule: readonly Move[], property: string): readonly Crossing[] {
  const moves = movesThatBreak(model, schedule, property);
  if (moves === null) return [];
  return moves.flatMap(({ actor }, i): Crossing[] => {
    const next = moves[i + 1];
    const rest = moves.slice(i + 1);
    const own = rest.filter((move) => move.actor === actor);
    if (next === undefined || next.actor === actor || own.length === 0) return [];
    const others = rest.filter((move) => move.actor !== actor);
    const goingOn = [...moves.slice(0, i + 1), ...own, ...others];
    return movesThatBreak(model, goingOn, property) === null ? [{ before: i, after: i + 1 }] : [];
  });
}
