import { createModel } from '../explorer/model.ts';
import { createRun, type Move, step } from '../explorer/run.ts';
import { describeNext } from '../explorer/describe.ts';
import { textOf } from '../machine/words.ts';
import { at } from '../lib/at.ts';
import type { Built } from '../scenarios/build.ts';

/** A step of a schedule in words. */
export interface ToldStep {
  /** From 0. */
  readonly index: number;
  /** The actor's id. */
  readonly actor: string;
  readonly label: string;
}

/** What each move of a schedule does, from the first state on. Throws where one is not possible. */
export function tellMoves(built: Built, moves: readonly Move[]): readonly ToldStep[] {
  const run = createRun(createModel(built.model));
  return moves.map((move, index) => {
    const next = describeNext(run.model, run.machine, move.actor, move.move);
    const label = next === null ? '' : textOf(built.world, next.label);
    step(run, move);
    return { index, actor: at(built.actors, move.actor).id, label };
  });
}
