import { at } from '../../lib/at.ts';
import type { Design } from '../../kernel/design.ts';
import { describeNext } from '../../explorer/describe.ts';
import {
  atEnd,
  createMachine,
  createModel,
  isEnabled,
  type Model,
  moveCount,
  takeStep,
} from '../../explorer/model.ts';
import type { Move } from '../../explorer/run.ts';
import { versionOf } from '../../designs/versions.ts';
import type { Scene } from '../../machine/decode.ts';
import { textOf } from '../../machine/words.ts';
import type { Found, Machine } from '../../program/interpret.ts';
import { fieldOf, readField } from '../../program/layout.ts';
import { type Built, buildModel } from '../build.ts';
import type { Scenario } from '../scenario.ts';

/** A scenario set up for a test that drives its actors by name. */
export interface Rig {
  readonly built: Built;
  readonly model: Model;
  readonly machine: Machine;
  readonly scene: Scene;
}

/** One step that a rig took. */
export interface Taken {
  readonly actor: string;
  readonly tag: string;
  readonly label: string;
  readonly found: readonly Found[];
}

/** A version's design with some choices changed. Throws when there is no such version. */
export function designOf(version: string, overrides: Partial<Design> = {}): Design {
  const known = versionOf(version);
  if (known === null) throw new Error(`no version ${version}`);
  return { ...known.design, ...overrides };
}

export function rigOf(scenario: Scenario, design: Design): Rig {
  const built = buildModel(scenario, design);
  return freshRig({ built, model: createModel(built.model) });
}

/** Another rig of the same model, at its start. */
export function freshRig({ built, model }: Pick<Rig, 'built' | 'model'>): Rig {
  const machine = createMachine(model);
  const scene = { world: built.world, layout: built.model.layout, words: machine.words };
  return { built, model, machine, scene };
}

/** The number of an actor by its id: 'cpu0', 'ipi1', 'spec0', 'rcu'. */
export function actorOf({ built }: Rig, id: string): number {
  const actor = built.actors.findIndex((info) => info.id === id);
  if (actor < 0) throw new Error(`no actor ${id} in this scenario`);
  return actor;
}

export function canMove(rig: Rig, id: string, move = 0): boolean {
  return isEnabled(rig.model, rig.machine, actorOf(rig, id), move);
}

/** True when the actor is at its end. */
export function isOver(rig: Rig, id: string): boolean {
  return atEnd(rig.model, rig.machine, actorOf(rig, id));
}

/** What the actor would do next, in words; '' at its end. */
export function nextLabel(rig: Rig, id: string, move = 0): string {
  const next = describeNext(rig.model, rig.machine, actorOf(rig, id), move);
  return next === null ? '' : textOf(rig.built.world, next.label);
}

/** What the actor waits for, in words. */
export function waitText(rig: Rig, id: string, move = 0): string {
  const next = describeNext(rig.model, rig.machine, actorOf(rig, id), move);
  return next === null ? '' : textOf(rig.built.world, next.wait);
}

/** Takes one step. Without `move` it is the first one that is possible. Throws when there is none. */
export function stepActor(rig: Rig, id: string, move?: number): Taken {
  const actor = actorOf(rig, id);
  const moves = moveCount(rig.model, rig.machine, actor);
  const first = Array.from({ length: moves }, (_, m) => m).find((m) => canMove(rig, id, m));
  const chosen = move ?? first ?? 0;
  const next = describeNext(rig.model, rig.machine, actor, chosen);
  if (next === null || !canMove(rig, id, chosen))
    throw new Error(`${id} cannot move (${nextLabel(rig, id)}; ${waitText(rig, id)})`);
  const label = textOf(rig.built.world, next.label);
  const found = [...takeStep(rig.model, rig.machine, actor, chosen)];
  return { actor: id, tag: next.tag, label, found };
}

/** Takes an enabled step without putting it into words: `label` has only the constant parts. For long runs. */
export function stepFast(rig: Rig, { actor, move }: Move): Taken {
  const { id, program } = at(rig.model.spec.actors, actor);
  const instr = at(program.instrs, read(rig, program.pcField));
  const label = instr.k === 'step' ? instr.label.filter((part) => typeof part === 'string').join('') : '';
  const found = [...takeStep(rig.model, rig.machine, actor, move)];
  return { actor: id, tag: instr.k === 'step' ? instr.tag : '', label, found };
}

/** Steps an actor until what it would do next matches. Throws after `limit` steps. */
export function driveUntil(rig: Rig, id: string, wanted: RegExp, limit = 500): Taken[] {
  const taken: Taken[] = [];
  while (!wanted.test(nextLabel(rig, id))) {
    if (taken.length === limit || isOver(rig, id)) throw new Error(`${id} never came to ${String(wanted)}`);
    taken.push(stepActor(rig, id));
  }
  return taken;
}

/** Steps an actor until it cannot move any more. */
export function driveToStop(rig: Rig, id: string, limit = 5000): Taken[] {
  const taken: Taken[] = [];
  const able = (): boolean => {
    const moves = moveCount(rig.model, rig.machine, actorOf(rig, id));
    return Array.from({ length: moves }, (_, move) => canMove(rig, id, move)).includes(true);
  };
  while (able()) {
    if (taken.length === limit) throw new Error(`${id} does not stop`);
    taken.push(stepActor(rig, id));
  }
  return taken;
}

/** Steps everybody in turn, `first` as far as it can go before each other one, until nobody can move. */
export function driveAll(rig: Rig, first: string, limit = 5000): Taken[] {
  const ids = [
    first,
    ...rig.built.actors.map(({ id }) => id).filter((id) => id !== first && !id.startsWith('spec')),
  ];
  const taken: Taken[] = [];
  while (taken.length < limit) {
    const next = ids.find((id) => enabledOf(rig, id).length > 0);
    if (next === undefined) return taken;
    taken.push(stepActor(rig, next));
  }
  throw new Error('this run does not end');
}

/** Steps an actor to its end, with the IPIs that it waits for taken whenever it stops. */
export function driveOver(rig: Rig, id: string): void {
  const handlers = rig.built.actors.filter(({ kind }) => kind === 'ipi').map((handler) => handler.id);
  while (!isOver(rig, id)) for (const one of [id, ...handlers]) driveToStop(rig, one);
}

function enabledOf(rig: Rig, id: string): readonly number[] {
  const moves = moveCount(rig.model, rig.machine, actorOf(rig, id));
  return Array.from({ length: moves }, (_, move) => move).filter((move) => canMove(rig, id, move));
}

/** Every enabled move, in a fixed order. */
export function movesOf(rig: Rig): readonly Move[] {
  const moves: Move[] = [];
  for (let actor = 0; actor < rig.built.actors.length; actor++)
    for (let move = 0; move < moveCount(rig.model, rig.machine, actor); move++)
      if (isEnabled(rig.model, rig.machine, actor, move)) moves.push({ actor, move });
  return moves;
}

export function read({ scene }: Rig, field: string, col = 0, row = 0): number {
  return readField(scene.layout, scene.words, field, col, row);
}

/** Changes the state behind the programs' backs: what hardware or somebody else did. */
export function poke(
  { scene }: Rig,
  field: string,
  value: number,
  [col = 0, row = 0]: readonly number[] = [],
): void {
  const { offset, cols } = fieldOf(scene.layout, field);
  scene.words[offset + row * cols + col] = value;
}

/** "tag label" of each step, for tables of expected steps. */
export function lines(taken: readonly Taken[]): string[] {
  return taken.map(({ tag, label }) => `${tag}: ${label}`);
}

/** The ids of what a run of steps broke, each once. */
export function brokenBy(taken: readonly Taken[]): string[] {
  const ids = taken.flatMap(({ found }) =>
    found.filter(({ kind }) => kind === 'violation').map(({ id }) => id),
  );
  return [...new Set(ids)];
}

/** Ids of the properties that are broken in the state as it is, one for each object. */
export function brokenNow({ model, machine }: Rig): string[] {
  return model.invariants.filter(({ broken }) => broken(machine) !== 0).map(({ property }) => property);
}
