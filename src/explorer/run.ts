import { at } from '../lib/at.ts';
import { seededChoice } from '../lib/rng.ts';
import type { Found, Machine } from '../program/interpret.ts';
import { moveBack, moveOn } from '../program/journal.ts';
import { countOthers, noteWrites } from './chunks.ts';
import { createMachine, isEnabled, type Model, moveCount, takeStep } from './model.ts';
import { createSnapshots, forgetAfter, nearest, noteStep, restore, type Snapshots } from './snapshots.ts';

/** One move of one actor: what a schedule is made of. */
export interface Move {
  readonly actor: number;
  readonly move: number;
}

/** A schedule under way: the moves taken, a cursor among them, and every write in between. */
export interface Run {
  readonly model: Model;
  readonly machine: Machine;
  readonly moves: Move[];
  /** `marks[i]`: writes in the journal before step i; one more than there are moves. */
  readonly marks: number[];
  readonly snapshots: Snapshots;
  /** Steps taken at the moment shown: 0 .. moves.length. */
  cursor: number;
}

/** Steps between two snapshots. */
const SNAPSHOT_EVERY = 2048;

export function createRun(model: Model): Run {
  const machine = createMachine(model);
  const snapshots = createSnapshots(machine.words, SNAPSHOT_EVERY);
  return { model, machine, moves: [], marks: [0], snapshots, cursor: 0 };
}

/** Every move that an actor could make now, enabled ones only, in a fixed order. */
export function enabledMoves({ model, machine }: Run): readonly Move[] {
  const moves: Move[] = [];
  for (let actor = 0; actor < model.linked.length; actor++) {
    const count = moveCount(model, machine, actor);
    for (let move = 0; move < count; move++)
      if (isEnabled(model, machine, actor, move)) moves.push({ actor, move });
  }
  return moves;
}

/** Takes a step at the cursor. Steps that were recorded after it are forgotten. Throws when the move is not possible. */
export function step(run: Run, { actor, move }: Move): readonly Found[] {
  const { model, machine } = run;
  if (!isEnabled(model, machine, actor, move)) throw new Error(`actor ${String(actor)} cannot move now`);
  truncate(run, run.cursor);
  const from = machine.journal.length;
  const found = takeStep(model, machine, actor, move);
  noteWrites(run.snapshots.chunks, machine.journal.offsets, { from, to: machine.journal.length });
  run.moves.push({ actor, move });
  run.marks.push(machine.journal.length);
  run.cursor += 1;
  noteStep(run.snapshots, run.cursor, machine.words);
  return found;
}

/** Forgets the moves after `length`; the cursor must not be beyond it. */
function truncate(run: Run, length: number): void {
  if (run.moves.length === length) return;
  run.moves.length = length;
  run.marks.length = length + 1;
  run.machine.journal.length = at(run.marks, length);
  forgetAfter(run.snapshots, length);
}

/** To copy a chunk takes as long as this many writes of single words. */
const WRITES_OF_CHUNK = 16;

/** Goes to any moment of the run, 0 .. moves.length, without taking steps anew. */
export function seek(run: Run, target: number): void {
  const { machine, marks, snapshots } = run;
  if (!Number.isInteger(target) || target < 0 || target > run.moves.length)
    throw new Error(`no moment ${String(target)} in this run`);
  const snapshot = nearest(snapshots, target);
  const writesFrom = (step: number): number => Math.abs(at(marks, step) - at(marks, target));
  const copying = WRITES_OF_CHUNK * countOthers(snapshots.chunks, snapshot.chunks);
  if (writesFrom(snapshot.step) + copying < writesFrom(run.cursor)) {
    restore(snapshots, snapshot, machine.words);
    run.cursor = snapshot.step;
  }
  const [here, there] = [at(marks, run.cursor), at(marks, target)];
  if (target < run.cursor) moveBack(machine.words, machine.journal, { from: here, to: there });
  else moveOn(machine.words, machine.journal, { from: here, to: there });
  const walked = { from: Math.min(here, there), to: Math.max(here, there) };
  noteWrites(snapshots.chunks, machine.journal.offsets, walked);
  run.cursor = target;
}

/**
 * The move that a seeded scheduler makes at this moment; null when nobody can move. It depends on the seed and the number
 * of steps alone, so that going back and on again repeats it.
 */
export function seededMove(run: Run, seed: number): Move | null {
  const moves = enabledMoves(run);
  if (moves.length === 0) return null;
  return at(moves, seededChoice(seed, run.cursor, moves.length));
}
