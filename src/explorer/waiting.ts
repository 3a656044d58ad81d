import { at } from '../lib/at.ts';
import { type Expr, visitExpr } from '../program/expr.ts';
import { linkExpr, type Machine } from '../program/interpret.ts';
import type { Model } from './model.ts';

/** One element of the state. */
export interface WordName {
  readonly field: string;
  readonly row: number;
  readonly col: number;
}

/** The elements that the guard of an actor's next step looks at, where they are now, in its order; none at an end. */
export function guardWords(model: Model, machine: Machine, actor: number): readonly WordName[] {
  const { program } = at(model.spec.actors, actor);
  const pc = machine.words[at(model.linked, actor).pcOffset] ?? 0;
  const instr = at(program.instrs, pc);
  if (instr.k !== 'step') return [];
  const env = { layout: model.spec.layout, tables: model.spec.tables };
  const valueOf = (e: Expr): number => linkExpr(e, env)(machine);
  const words: WordName[] = [];
  visitExpr(instr.guard, (part) => {
    if (part.k === 'get') words.push({ field: part.field, row: valueOf(part.row), col: valueOf(part.col) });
  });
  return words;
}
