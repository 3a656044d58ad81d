import type { Machine } from '../program/interpret.ts';
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
    made.push(move);
    if (breaksBy({ model, machine, property }, move)) return made;
  }
  return null;
}

interface Judged {
  readonly model: Model;
  readonly machine: Machine;
  readonly property: string;
}

/** Makes a move that can be made, and tells whether it breaks the property. The machine keeps no journal of it. */
export function breaksBy({ model, machine, property }: Judged, { actor, move }: Move): boolean {
  const found = takeStep(model, machine, actor, move);
  machine.journal.length = 0;
  if (found.some(({ kind, id }) => kind === 'violation' && id === property)) return true;
  return property === 'no-deadlock' && isDeadlock(model, machine);
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
  for (let parts = 1; parts <= 2 * best.length;) {
    onShorter?.(best.length);
    const shorter = withoutOnePart(model, best, { parts: Math.min(parts, best.length), property });
    if (shorter !== null) {
      best = shorter;
      parts = Math.max(1, parts - 1);
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
  for (const part of partsOf(moves, parts)) {
    const rest = moves.filter((_, i) => !part.has(i));
    const made = movesThatBreak(model, rest, property);
    if (made !== null && made.length < moves.length) return made;
  }
  return null;
}

/**
 * Indices of moves that are left out together: each actor's moves in so many parts, then all moves. What an actor does in several turns can often
 * go only as a whole: half of it would leave a lock taken.
 */
function partsOf(moves: readonly Move[], parts: number): readonly ReadonlySet<number>[] {
  const all = [...moves.keys()];
  if (parts >= moves.length) return cut(all, parts);
  const actors = [...new Set(moves.map(({ actor }) => actor))];
  const own = actors.map((actor) => all.filter((i) => moves[i]?.actor === actor));
  return [...own, all].flatMap((indices) => cut(indices, parts));
}

function cut(indices: readonly number[], parts: number): readonly ReadonlySet<number>[] {
  const size = Math.ceil(indices.length / parts);
  const starts = Array.from({ length: Math.ceil(indices.length / size) }, (_, part) => part * size);
  return starts.map((from) => new Set(indices.slice(from, from + size)));
}
