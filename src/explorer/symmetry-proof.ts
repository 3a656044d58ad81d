import { at } from '../lib/at.ts';
import { writtenFields } from '../program/effects.ts';
import type { Program } from '../program/instr.ts';
import { deadLocals } from '../program/liveness.ts';
import { firstWords } from './first-words.ts';
import type { Invariant, ModelSpec } from './model.ts';
import type { Possible } from './possible-states.ts';
import { isImageInstr } from './related-steps.ts';
import { isImageTest } from './related.ts';
import { type Comparing, sourcesOf } from './run-through.ts';
import { imageOf, imageOfState, isPermutation, lostField, type Swap, wordMapOf } from './swap.ts';

/**
 * Why a swap may not be used, in words; null where the world is the same before and after it. What is proved: in every state s
 * that is reached, each actor's steps lead to the swapped states of those to which, from s swapped, the steps of the one who took its place
 * lead, and they break, reach and stop the same; invariants are broken in both or in neither; the first state is its own image. So the
 * image of a path is a path that breaks and reaches the same in as many steps, and of two states that are each other's images one will do.
 *
 * It is proved without a search: instruction by instruction, part by part (`related.ts`), over values that may be too many
 * (`possible-values.ts`). What cannot be proved this way is refused.
 */
export function refusalOf(spec: ModelSpec, swap: Swap, possible: Possible): string | null {
  const lost = lostField(spec.layout, swap);
  if (lost !== null) return `${lost} has no place to go`;
  const map = wordMapOf(spec.layout, swap);
  const c: Comparing = {
    ...{ spec, swap, map, possible, from: sourcesOf(map) },
    ...{ moveNames: null, moves: Infinity, rounds: 1 },
  };
  const words = firstWords(spec);
  if (swap.actors.length !== spec.actors.length || !isPermutation(swap.actors, spec.actors.length))
    return 'one of them has what nobody else has';
  const written = writtenFields(spec.actors.flatMap(({ program }) => program.instrs));
  const odd = [...written].find((field) => !written.has(imageOf(swap, field).to));
  if (odd !== undefined) return `${odd} is written, and what takes its place is not`;
  if (imageOfState(map, words).some((value, word) => value !== words[word])) return 'they start differently';
  for (let actor = 0; actor < spec.actors.length; actor++) {
    const refusal = refusalOfActor(c, actor);
    if (refusal !== null) return refusal;
  }
  const invariant = spec.invariants.find((one) => !hasImage(c, one));
  return invariant === undefined ? null : `${invariant.property} does not look at both alike`;
}

/** Most invariants are their own images, and others take long to tell apart. */
function hasImage(c: Comparing, one: Invariant): boolean {
  const others = c.spec.invariants.filter(({ property }) => property === one.property);
  return [one, ...others].some(({ broken }) => isImageTest(c, one.broken, broken));
}

function refusalOfActor(c: Comparing, actor: number): string | null {
  const { spec, swap, possible } = c;
  const [one, two] = [at(spec.actors, actor), at(spec.actors, at(swap.actors, actor))];
  const { instrs } = one.program;
  const differ = one === two ? `${one.id} tells them apart` : `${one.id} and ${two.id} differ`;
  const image = imageOf(swap, one.program.pcField);
  if (one.role !== two.role || instrs.length !== two.program.instrs.length) return differ;
  if (image.to !== two.program.pcField || image.values !== null) return differ;
  if (!isImageTest(c, one.ready, two.ready)) return `${differ} in when they may move`;
  const comparing = { ...c, moveNames: at(swap.moves, actor) };
  const dead = [one, two].map(({ program }) => deadLocals(program));
  for (const [pc, instr] of instrs.entries()) {
    if (possible.reached[actor]?.[pc] !== true) continue;
    const isAlike =
      isImageInstr(comparing, instr, at(two.program.instrs, pc)) &&
      isForgottenAlike(
        c,
        dead.map((locals) => at(locals, pc)),
      );
    if (!isAlike) return `${differ} in “${lineOf(one.program, pc)}”`;
  }
  return null;
}

function lineOf({ lines, instrs }: Program, pc: number): string {
  return lines[at(instrs, pc).line]?.text ?? `instruction ${String(pc)}`;
}

/** Locals are set to 0 where nobody reads them any more. */
function isForgottenAlike(
  { swap }: Comparing,
  [one = [], two = []]: readonly (readonly string[])[],
): boolean {
  const images = one.map((local) => imageOf(swap, local).to);
  return images.length === two.length && images.every((local) => two.includes(local));
}
