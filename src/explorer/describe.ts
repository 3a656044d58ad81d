import { at } from '../lib/at.ts';
import type { Step } from '../program/instr.ts';
import { linkTemplate, type Machine, type Piece } from '../program/interpret.ts';
import type { Model } from './model.ts';

/** What an actor would do next, and what keeps it from doing so. */
export interface NextStep {
  readonly pc: number;
  readonly line: number;
  readonly tag: string;
  readonly label: readonly Piece[];
  readonly wait: readonly Piece[];
  readonly actorReady: boolean;
}

function stepAt(model: Model, actor: number, pc: number): (Step & { line: number }) | null {
  const instr = at(at(model.spec.actors, actor).program.instrs, pc);
  return instr.k === 'step' ? instr : null;
}

/** The actor's next step with its values as they are now; null at an end. Not for hot loops. */
export function describeNext(model: Model, machine: Machine, actor: number, move = 0): NextStep | null {
  const linked = at(model.linked, actor);
  const pc = machine.words[linked.pcOffset] ?? 0;
  const step = stepAt(model, actor, pc);
  if (step === null) return null;
  const env = { layout: model.spec.layout, tables: model.spec.tables };
  const actorReady = linked.ready(machine) !== 0;
  machine.move = move;
  return {
    pc,
    line: step.line,
    tag: step.tag,
    label: linkTemplate(step.label, env)(machine),
    wait: linkTemplate(actorReady ? step.wait : linked.actor.wait, env)(machine),
    actorReady,
  };
}
