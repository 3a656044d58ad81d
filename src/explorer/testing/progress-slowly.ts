import { at } from '../../lib/at.ts';
import { canMove } from '../deadlock.ts';
import { atEnd, createMachine, isEnabled, type Model, moveCount, takeStep } from '../model.ts';
import { keyOf } from '../naive-search.ts';

interface Edge {
  readonly to: number;
  readonly actor: number;
  readonly excused: boolean;
}

interface Place {
  readonly edges: Edge[];
  /** By actor. */
  readonly canMove: readonly boolean[];
  readonly isUnfinished: boolean;
}

/** Every state, as the interpreter comes to them. */
function placesOf(model: Model, excuse: string): readonly Place[] {
  const machine = createMachine(model);
  const actors = model.spec.actors.map((_, actor) => actor);
  const numbers = new Map([[keyOf(machine.words), 0]]);
  const states = [machine.words.slice()];
  const places: Place[] = [];
  for (const words of states) {
    machine.words.set(words);
    const place: Place = {
      edges: [],
      canMove: actors.map((actor) => canMove(model, machine, actor)),
      isUnfinished: actors.some(
        (actor) => at(model.spec.actors, actor).role === 'thread' && !atEnd(model, machine, actor),
      ),
    };
    for (const actor of actors) {
      machine.words.set(words);
      const moves = moveCount(model, machine, actor);
      for (let move = 0; move < moves; move++) {
        machine.words.set(words);
        if (!isEnabled(model, machine, actor, move)) continue;
        const found = takeStep(model, machine, actor, move);
        machine.journal.length = 0;
        const key = keyOf(machine.words);
        const to = numbers.get(key) ?? states.push(machine.words.slice()) - 1;
        numbers.set(key, to);
        const excused = found.some(({ kind, id }) => kind === 'moment' && id === excuse);
        place.edges.push({ to, actor, excused });
      }
    }
    places.push(place);
  }
  return places;
}

/**
 * Whether some fair run never ends with a thread that is not finished; the slow, obvious way: for every set of actors, whether a run can go on
 * in which just these move again and again. Services that do not may not be able to, threads that do not must be kept from it once and again.
 */
function isEndless(model: Model, places: readonly Place[], withExcused: boolean): boolean {
  const roles = model.spec.actors.map(({ role }) => role);
  for (let moving = 1; moving < 1 << roles.length; moving++) {
    const moves = (actor: number): boolean => ((moving >> actor) & 1) === 1;
    const isAllowed = (place: Place): boolean =>
      roles.every((role, actor) => role !== 'service' || moves(actor) || place.canMove[actor] !== true);
    const allowed = new Set(places.flatMap((place, i) => (isAllowed(place) ? [i] : [])));
    const edgesOf = (i: number): readonly Edge[] =>
      at(places, i).edges.filter(
        ({ to, actor, excused }) => moves(actor) && allowed.has(to) && (withExcused || !excused),
      );
    for (const part of partsOf(allowed, edgesOf)) {
      const inside = [...part].flatMap((i) => edgesOf(i).filter(({ to }) => part.has(to)));
      const isFair = roles.every((role, actor) => {
        if (moves(actor)) return inside.some((edge) => edge.actor === actor);
        return role !== 'thread' || [...part].some((i) => at(places, i).canMove[actor] !== true);
      });
      if (isFair && [...part].some((i) => at(places, i).isUnfinished)) return true;
    }
  }
  return false;
}

/** Sets of places each of which leads to all others of its set. */
function partsOf(
  allowed: ReadonlySet<number>,
  edgesOf: (i: number) => readonly Edge[],
): readonly ReadonlySet<number>[] {
  const targets = new Map([...allowed].map((i) => [i, edgesOf(i).map(({ to }) => to)]));
  const reached = new Map([...allowed].map((i) => [i, reachedFrom(i, targets)]));
  const left = new Set(allowed);
  const parts: ReadonlySet<number>[] = [];
  for (const i of left) {
    const part = new Set([...(reached.get(i) ?? [])].filter((j) => reached.get(j)?.has(i) === true));
    for (const j of part) left.delete(j);
    left.delete(i);
    if (part.size > 0) parts.push(part);
  }
  return parts;
}

/** By one step or more. */
function reachedFrom(start: number, targets: ReadonlyMap<number, readonly number[]>): ReadonlySet<number> {
  const reached = new Set(targets.get(start));
  for (const i of reached) for (const to of targets.get(i) ?? []) reached.add(to);
  return reached;
}

/** Whether some run, fair or not, goes on for ever with a thread that is not finished. */
export function hasEndlessRound(model: Model): boolean {
  const places = placesOf(model, '');
  const unfinished = new Set(places.flatMap(({ isUnfinished }, i) => (isUnfinished ? [i] : [])));
  return partsOf(unfinished, (i) => at(places, i).edges.filter(({ to }) => unfinished.has(to))).length > 0;
}

/** What `checkProgress` should say of a model: `excused` where only runs that reach the excuse again and again never end. */
export function progressSlowly(model: Model, excuse: string): 'fails' | 'excused' | 'holds' {
  const places = placesOf(model, excuse);
  if (isEndless(model, places, false)) return 'fails';
  return isEndless(model, places, true) ? 'excused' : 'holds';
}
