import { at } from '../lib/at.ts';
import { type Expr } from '../program/expr.ts';
import { type Program, type Template } from '../program/instr.ts';
import {
  type Evaluate,
  type Execute,
  type Found,
  linkBody,
  linkExpr,
  linkTemplate,
  type Machine,
  type Piece,
  type Tables,
} from '../program/interpret.ts';
import { createJournal, writeWord } from '../program/journal.ts';
import { fieldOf, type Layout } from '../program/layout.ts';
import { deadLocals } from '../program/liveness.ts';
import type { Swap } from './swap.ts';

/** Something that moves by itself: a thread, an interrupt handler, a speculative walker, RCU callbacks. */
export interface Actor {
  readonly id: string;
  /**
   * `thread`: has an end that it should reach. `service`: waits for work for ever (handlers, callbacks).
   * `whim`: may move at any time, but nothing may depend on it (speculation): it does not count as progress.
   */
  readonly role: 'thread' | 'service' | 'whim';
  readonly program: Program;
  /** The actor can move only where this is not 0 ... */
  readonly ready: Expr;
  /** ... and this is why not, in words. */
  readonly wait: Template;
}

/** Judged on the state after every step. */
export interface Invariant {
  readonly property: string;
  readonly broken: Expr;
  readonly why: Template;
}

/** Everything that drivers (by hand, random, replay, search) need to know of a world; plain data. */
export interface ModelSpec {
  readonly layout: Layout;
  readonly tables: Tables;
  readonly actors: readonly Actor[];
  readonly invariants: readonly Invariant[];
  /** A fresh first state, before the leading local work of the programs. */
  readonly initial: () => Int32Array;
  /** Changes that might leave it as it is: CPUs that do the same in each other's place. */
  readonly swaps?: readonly Swap[];
}

export interface LinkedInstr {
  readonly kind: Program['instrs'][number]['k'];
  readonly guard: Evaluate;
  readonly body: Execute;
  readonly target: number;
  readonly moves: number;
  readonly dead: readonly number[];
}

interface LinkedActor {
  readonly actor: Actor;
  readonly pcOffset: number;
  readonly ready: Evaluate;
  readonly instrs: readonly LinkedInstr[];
}

export interface Model {
  readonly spec: ModelSpec;
  readonly linked: readonly LinkedActor[];
  readonly invariants: readonly {
    property: string;
    broken: Evaluate;
    why: (m: Machine) => readonly Piece[];
  }[];
}

const nothing: Execute = () => undefined;

/** Prepares a world for running. Throws when a program names a field or table that the world lacks. */
export function createModel(spec: ModelSpec): Model {
  const env = { layout: spec.layout, tables: spec.tables };
  return {
    spec,
    linked: spec.actors.map((actor) => linkActor(actor, env)),
    invariants: spec.invariants.map(({ property, broken, why }) => ({
      property,
      broken: linkExpr(broken, env),
      why: linkTemplate(why, env),
    })),
  };
}

interface Env {
  readonly layout: Layout;
  readonly tables: Tables;
}

function linkActor(actor: Actor, env: Env): LinkedActor {
  return {
    actor,
    pcOffset: fieldOf(env.layout, actor.program.pcField).offset,
    ready: linkExpr(actor.ready, env),
    instrs: actor.program.instrs.map((_, pc) => linkInstr(actor.program, pc, env)),
  };
}

/** One instruction, with what its expressions and statements name found. Throws when the world lacks it. */
export function linkInstr(program: Program, pc: number, env: Env): LinkedInstr {
  const instr = at(program.instrs, pc);
  return {
    kind: instr.k,
    guard:
      instr.k === 'step'
        ? linkExpr(instr.guard, env)
        : instr.k === 'branch'
          ? linkExpr(instr.test, env)
          : () => 1,
    body: instr.k === 'step' || instr.k === 'local' ? linkBody(instr.body, env) : nothing,
    target: instr.k === 'branch' || instr.k === 'jump' ? instr.target : -1,
    moves: instr.k === 'step' ? instr.moves : 0,
    dead: at(deadLocals(program), pc).map((local) => fieldOf(env.layout, local).offset),
  };
}

/** A machine in the model's first state, with an empty journal. */
export function createMachine(model: Model): Machine {
  const machine = machineOf(model.spec.initial());
  for (const linked of model.linked) settle(machine, linked, machine.words[linked.pcOffset] ?? 0);
  machine.journal.length = 0;
  return machine;
}

/** A machine that stands in a state, with an empty journal. */
export function machineOf(words: Int32Array): Machine {
  return { words, journal: createJournal(), move: 0, each: 0, halted: false, found: [] };
}

/** Carries out local work from `pc` to the next step (or end), and forgets values that are dead there. */
export function settle(
  machine: Machine,
  { instrs, pcOffset }: Pick<LinkedActor, 'instrs' | 'pcOffset'>,
  start: number,
): void {
  let pc = start;
  for (let budget = 100_000; ; budget--) {
    const instr = at(instrs, pc);
    if (budget === 0) throw new Error(`local work never ends at instruction ${String(pc)}`);
    if (instr.kind === 'step' || instr.kind === 'end') {
      for (const offset of instr.dead) writeWord(machine.words, machine.journal, offset, 0);
      writeWord(machine.words, machine.journal, pcOffset, pc);
      return;
    }
    if (instr.kind === 'local') instr.body(machine);
    pc =
      instr.kind === 'jump' || (instr.kind === 'branch' && instr.guard(machine) !== 0)
        ? instr.target
        : pc + 1;
  }
}

/** True when the actor is at an end: finished, or stopped for ever. */
export function atEnd(model: Model, machine: Machine, actor: number): boolean {
  const linked = at(model.linked, actor);
  return at(linked.instrs, machine.words[linked.pcOffset] ?? 0).kind === 'end';
}

/** True when the actor stopped for ever after it did something forbidden. */
export function isHalted(model: Model, machine: Machine, actor: number): boolean {
  const linked = at(model.linked, actor);
  return machine.words[linked.pcOffset] === linked.instrs.length - 1;
}

/** How many moves the actor's next step has, enabled or not; 0 at an end. */
export function moveCount(model: Model, machine: Machine, actor: number): number {
  const linked = at(model.linked, actor);
  return at(linked.instrs, machine.words[linked.pcOffset] ?? 0).moves;
}

export function isEnabled(model: Model, machine: Machine, actor: number, move = 0): boolean {
  const linked = at(model.linked, actor);
  const instr = at(linked.instrs, machine.words[linked.pcOffset] ?? 0);
  if (!Number.isInteger(move) || move < 0 || move >= instr.moves) return false;
  machine.move = move;
  return linked.ready(machine) !== 0 && instr.guard(machine) !== 0;
}

/** Carries out one enabled step through the journal and judges the state after it; what was found is in `machine.found`. */
export function takeStep(model: Model, machine: Machine, actor: number, move = 0): readonly Found[] {
  const linked = at(model.linked, actor);
  const pc = machine.words[linked.pcOffset] ?? 0;
  machine.found.length = 0;
  machine.move = move;
  const halted = runBody(machine, at(linked.instrs, pc).body);
  settle(machine, linked, halted ? linked.instrs.length - 1 : pc + 1);
  for (const { property, broken, why } of model.invariants)
    if (broken(machine) !== 0) machine.found.push({ kind: 'violation', id: property, why: why(machine) });
  return machine.found;
}

function runBody(machine: Machine, body: Execute): boolean {
  machine.halted = false;
  body(machine);
  return machine.halted;
}
