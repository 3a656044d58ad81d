import type { ModelSpec } from '../explorer/model.ts';
import { add, cond, get, lt, num } from '../program/expr.ts';
import { type Instr, type Program, set, show, type Stmt } from '../program/instr.ts';
import { placeFields } from '../program/layout.ts';
import { beginsFlush } from './design-cost.ts';

const COUNTER = 'cost.flushes';

/**
 * The same model, and one more thing that must hold: in no run are there more than `most` flushes for the sake of moved tables. A search
 * then says so of every schedule, as the property `few-flushes`.
 */
export function withFlushCounter(spec: ModelSpec, most: number): ModelSpec {
  const counter = { name: COUNTER, rows: 1, cols: 1, max: most + 1, ghost: true };
  const layout = placeFields([...spec.layout.fields.values(), counter]);
  const count: Stmt = set(COUNTER, cond(lt(most, get(COUNTER)), get(COUNTER), add(get(COUNTER), 1)));
  return {
    ...spec,
    layout,
    actors: spec.actors.map((actor) => ({ ...actor, program: counted(actor.program, count) })),
    invariants: [
      ...spec.invariants,
      {
        property: 'few-flushes',
        broken: lt(num(most), get(COUNTER)),
        why: ['there are ', show(get(COUNTER), 'number'), ' flushes and more'],
      },
    ],
    initial: () => {
      const words = new Int32Array(layout.words);
      words.set(spec.initial());
      return words;
    },
  };
}

function counted(program: Program, count: Stmt): Program {
  const instrs = program.instrs.map((instr): Instr =>
    instr.k === 'step' && beginsFlush(program, instr) ? { ...instr, body: [...instr.body, count] } : instr,
  );
  return { ...program, instrs };
}
