import { createMachine, createModel, type ModelSpec } from '../../explorer/model.ts';
import { tablesObject } from '../../explorer/engine.ts';
import { type CompileContext, PRELUDE, testText } from '../../program/compile.ts';
import { goText, stepWork, stepWriter } from '../../program/compile-step.ts';
import { writtenFields } from '../../program/effects.ts';
import type { Program, Step } from '../../program/instr.ts';
import { fieldOf } from '../../program/layout.ts';

/** A model as compiled code that takes one step at a time: for very many random runs. */
export interface FastRun {
  readonly spec: ModelSpec;
  /** The state; `reset` makes it the first one. */
  readonly words: Int32Array;
  readonly reset: () => void;
  /** Writes every enabled move as actor * 32 + move, and gives their number. */
  readonly enabled: (into: Int32Array) => number;
  /** Takes a step: what it wrote is in `offsets` and `old`, [0, result). */
  readonly take: (move: number) => number;
  readonly offsets: Int32Array;
  readonly old: Int32Array;
  /** True when a statement of the last step was a violation. */
  readonly broke: () => boolean;
  /** True when an invariant is broken now. */
  readonly judge: () => boolean;
  /** The step that an actor would take next; null at its end. */
  readonly next: (actor: number) => Step | null;
}

interface Compiled {
  readonly enabled: (into: Int32Array) => number;
  readonly take: (move: number) => number;
  readonly judge: () => boolean;
  readonly broke: () => boolean;
  readonly u: Int32Array;
  readonly v: Int32Array;
}
type Make = (words: Int32Array, tables: Readonly<Record<string, ArrayLike<number>>>) => Compiled;

/** What makes a value of the text of an expression: node:vm's runInThisContext, in tests. */
export type Evaluate = (text: string) => unknown;

export function fastRun(spec: ModelSpec, evaluate: Evaluate): FastRun {
  const first = createMachine(createModel(spec)).words;
  const words = first.slice();
  const make = evaluate(textOf(spec)) as Make;
  const { u, v, ...compiled } = make(words, tablesObject(spec));
  const pcs = spec.actors.map(({ program }) => fieldOf(spec.layout, program.pcField).offset);
  const next = (actor: number): Step | null => {
    const instr = spec.actors[actor]?.program.instrs[words[pcs[actor] ?? 0] ?? 0];
    return instr?.k === 'step' ? instr : null;
  };
  const reset = (): void => {
    words.set(first);
  };
  return { spec, words, reset, ...compiled, offsets: u, old: v, next };
}

interface Around {
  readonly c: CompileContext;
  readonly others: ReadonlySet<string>;
}

/** Of each step its guard and its work, by pc. */
function programText(program: Program, name: string, { c, others }: Around): string {
  const w = stepWriter(program, name, c, others);
  const guards = program.instrs.map((i) => (i.k === 'step' ? `()=>${testText(i.guard, c)}` : 'null'));
  const steps = program.instrs.map((i, pc) =>
    i.k === 'step' ? `()=>{let n=0,o=0,h=0;${stepWork(w, pc).text}return n;}` : 'null',
  );
  return `${goText(w)}const guard${name}=[${guards.join(',')}],step${name}=[${steps.join(',')}];`;
}

/** The log tells of every write: this leaves only those that changed something, each with what was there before (`P` is the state of then). */
const CHANGES = `const v=u.slice(),P=S.slice();
function changes(n){let c=0;for(let i=0;i<n;i++){const o=u[i];if(S[o]!==P[o]){u[c]=o;v[c++]=P[o];P[o]=S[o];}}return c;}`;

function textOf(spec: ModelSpec): string {
  const { layout, tables, actors, invariants } = spec;
  const c: CompileContext = { layout, tables, propertyNumber: () => 0, momentNumber: () => 0 };
  const others = writtenFields(actors.flatMap(({ program }) => program.instrs));
  const programs = actors.map(({ program }, i) => programText(program, String(i), { c, others }));
  const pcs = actors.map(({ program }) => `S[${String(fieldOf(layout, program.pcField).offset)}]`);
  const moves = actors.map(({ program }) =>
    program.instrs.map((instr) => (instr.k === 'step' ? instr.moves : 0)),
  );
  const tries = actors.map(
    ({ ready }, i) =>
      `mv=0;if(${testText(ready, c)}){const pc=${pcs[i] ?? ''},k=M[${String(i)}][pc];for(mv=0;mv<k;mv++)if(guard${String(i)}[pc]())into[n++]=${String(i * 32)}+mv;}`,
  );
  const steps = pcs.map((pc, i) => `case ${String(i)}:n=step${String(i)}[${pc}]();break;`);
  const broken = invariants.map((invariant) => testText(invariant.broken, c));
  return `(function(S,T){"use strict";let violated=false;function bad(){violated=true;}function reach(){}
${PRELUDE}${programs.join('\n')}
const M=${JSON.stringify(moves)};
function enabled(into){let n=0;${tries.join('')}return n;}
function take(m){let n=0;violated=false;P.set(S);mv=m&31;switch(m>>>5){${steps.join('')}}return changes(n);}
${CHANGES}
function judge(){return ${broken.join('||') || 'false'};}
return{enabled,take,judge,broke:()=>violated,u,v};})`;
}
