import { at } from '../lib/at.ts';
import type { Program } from '../program/instr.ts';
import { deadLocals } from '../program/liveness.ts';
import { decide, promelaBody, type PromelaContext, promelaName, promelaTest } from '../program/promela.ts';
import type { Actor, ModelSpec } from './model.ts';

/** What is being written as Promela. */
export interface Writing {
  readonly spec: ModelSpec;
  readonly start: Int32Array;
  readonly written: ReadonlySet<string>;
  readonly propertyNumber: (id: string) => number;
}

/** An actor's pc, by its name there. */
export const pcOf = ({ program }: Actor): string => `${promelaName(program.pcField)}[0]`;

export function contextOf({ spec, propertyNumber }: Writing, move: number): PromelaContext {
  return { layout: spec.layout, move, propertyNumber };
}

interface Arrival {
  readonly w: Writing;
  readonly actor: Actor;
  readonly c: PromelaContext;
}

interface Arrived {
  readonly text: string;
  /** Where control can come to rest. */
  readonly ends: readonly number[];
}

/** Local work from an instruction to the next step or end, which the actor's own pc then names. */
export function arrivalOf(a: Arrival, from: number): Arrived {
  const straight = straightArrival(a, from, []);
  return straight ?? loopArrival(a, from);
}

/** More branches in a row than this are written as a loop: each doubles the text. */
const MOST_BRANCHES = 6;

/** Branches as nested tests; null where the local work goes round or branches too often. */
function straightArrival(a: Arrival, from: number, branches: readonly number[]): Arrived | null {
  const { instrs } = a.actor.program;
  let text = '';
  const seen = new Set<number>();
  for (let pc = from; ;) {
    const instr = at(instrs, pc);
    if (seen.has(pc) || branches.includes(pc)) return null;
    seen.add(pc);
    if (instr.k === 'step' || instr.k === 'end') return { text: text + restText(a, pc), ends: [pc] };
    if (instr.k === 'local') text += promelaBody(instr.body, a.c);
    if (instr.k === 'branch') {
      if (branches.length === MOST_BRANCHES) return null;
      const [yes, no] = [instr.target, pc + 1].map((to) => straightArrival(a, to, [...branches, pc]));
      if (!yes || !no) return null;
      const test = promelaTest(instr.test, a.c);
      text += `if ::${test} -> ${yes.text}skip ::else -> ${no.text}skip fi;`;
      return { text, ends: [...new Set([...yes.ends, ...no.ends])] };
    }
    pc = instr.k === 'jump' ? instr.target : pc + 1;
  }
}

/** Comes to rest: what nobody reads any more becomes 0. */
function restText({ w, actor }: Arrival, pc: number): string {
  const dead = at(deadLocalsOf(actor.program), pc).filter((local) => w.written.has(local));
  return `${dead.map((local) => `${promelaName(local)}[0]=0;`).join('')}${pcOf(actor)}=${String(pc)};`;
}

const knownDead = new WeakMap<Program, readonly (readonly string[])[]>();

function deadLocalsOf(program: Program): readonly (readonly string[])[] {
  const dead = knownDead.get(program) ?? deadLocals(program);
  knownDead.set(program, dead);
  return dead;
}

/** Any local work: a loop over the instructions that it can come to. */
function loopArrival(a: Arrival, from: number): Arrived {
  const { instrs } = a.actor.program;
  const reached = reachedFrom(a.actor.program, from);
  const cases = reached.map((i) => {
    const instr = at(instrs, i);
    const next = String(i + 1);
    if (instr.k === 'local') return { at: i, text: `${promelaBody(instr.body, a.c)}pc=${next};` };
    if (instr.k === 'jump') return { at: i, text: `pc=${String(instr.target)};` };
    if (instr.k === 'branch')
      return { at: i, text: `pc=(${promelaTest(instr.test, a.c)} -> ${String(instr.target)} : ${next});` };
    return { at: i, text: `${restText(a, i)}break;` };
  });
  const ends = reached.filter((i) => ['step', 'end'].includes(at(instrs, i).k));
  return { text: `pc=${String(from)};do ::true -> ${decide('pc', cases)} od;pc=0;`, ends };
}

/** Instructions that local work from one can come to, steps and ends where it stops included; ascending. */
function reachedFrom({ instrs }: Program, from: number): readonly number[] {
  const seen = new Set<number>();
  const todo = [from];
  for (let i = todo.pop(); i !== undefined; i = todo.pop()) {
    const instr = at(instrs, i);
    if (seen.has(i)) continue;
    seen.add(i);
    if (instr.k === 'local' || instr.k === 'branch') todo.push(i + 1);
    if (instr.k === 'jump' || instr.k === 'branch') todo.push(instr.target);
  }
  return [...seen].toSorted((x, y) => x - y);
}
