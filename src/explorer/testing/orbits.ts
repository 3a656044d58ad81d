import { at } from '../../lib/at.ts';
import { createMachine, createModel, isEnabled, type ModelSpec, moveCount, takeStep } from '../model.ts';
import { keyOf } from '../naive-search.ts';
import { imageOfState, renamed, type Swap, wordMapOf } from '../swap.ts';

export interface Orbits {
  readonly states: number;
  /** Reached states, each counted together with its image. */
  readonly orbits: number;
  /** Steps of reached states that have no image: none, where the swap may be used. */
  readonly odd: number;
}

/** Takes every step in every reached state and in its image, and compares: slow and obvious. */
export function orbitsOf(spec: ModelSpec, swap: Swap): Orbits {
  const first = createMachine(createModel(spec)).words;
  const map = wordMapOf(spec.layout, swap);
  const image = (words: Int32Array): Int32Array => imageOfState(map, words);
  const successors = stepper(spec);
  const seen = new Set([keyOf(first)]);
  const orbits = new Set<string>();
  let odd = 0;
  for (const todo = [first]; todo.length > 0;) {
    const words = todo.pop() ?? first;
    const steps = successors(words);
    const images = successors(image(words));
    orbits.add([keyOf(words), keyOf(image(words))].toSorted()[0] ?? '');
    if (steps.length !== images.length) odd += 1;
    for (const { actor, move, of, after, found } of steps) {
      const names = at(swap.moves, actor);
      const partner = at(swap.actors, actor);
      const to = names?.length === of ? renamed(names, move) : move;
      const same = images.find((other) => other.actor === partner && other.move === to);
      if (same === undefined || same.found !== found || keyOf(same.after) !== keyOf(image(after))) odd += 1;
      if (seen.has(keyOf(after))) continue;
      seen.add(keyOf(after));
      todo.push(after);
    }
  }
  return { states: seen.size, orbits: orbits.size, odd };
}

interface Taken {
  readonly actor: number;
  readonly move: number;
  /** How many moves the step has. */
  readonly of: number;
  readonly after: Int32Array;
  /** What it broke and reached. */
  readonly found: string;
}

function stepper(spec: ModelSpec): (words: Int32Array) => readonly Taken[] {
  const model = createModel(spec);
  const machine = createMachine(model);
  return (words) => {
    const taken: Taken[] = [];
    for (let actor = 0; actor < spec.actors.length; actor++) {
      machine.words.set(words);
      const of = moveCount(model, machine, actor);
      for (let move = 0; move < of; move++) {
        machine.words.set(words);
        if (!isEnabled(model, machine, actor, move)) continue;
        const ids = takeStep(model, machine, actor, move).map(({ id }) => id);
        machine.journal.length = 0;
        const found = [...new Set(ids)].toSorted().join(' ');
        taken.push({ actor, move, of, after: machine.words.slice(), found });
      }
    }
    return taken;
  };
}
