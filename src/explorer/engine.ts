import { at } from '../lib/at.ts';
import { type CompileContext, PRELUDE, testText } from '../program/compile.ts';
import { goText, stepWork, type StepWriter, stepWriter } from '../program/compile-step.ts';
import { writtenFields } from '../program/effects.ts';
import { fieldOf } from '../program/layout.ts';
import { fingerprintText } from './fingerprint.ts';
import { invariantTests, type InvariantTests } from './invariant-tests.ts';
import type { Actor, ModelSpec } from './model.ts';
import { packingText, packState, type Packing } from './packing.ts';
import { reductionText, type ReductionText } from './reduction-text.ts';

/** A model as JavaScript: what a search needs, as text that makes an `Engine` when it is run. */
export interface EngineText {
  readonly text: string;
  readonly packing: Packing;
  /** Properties and moments by number: bits of what a step found. */
  readonly properties: readonly string[];
  readonly moments: readonly string[];
  /** Most successors that one state can have. */
  readonly mostSuccessors: number;
  /** Steps that change no verdict in whatever order are taken alone: see `Reduction`. */
  readonly reduced: boolean;
}

export interface EngineOptions {
  readonly reduce?: boolean;
}

/**
 * What the text gives when it is called with the first state's words and the constant tables. Successors are written one after the
 * other into `out`, `SUCCESSOR + packing.words` numbers each; see `SUCCESSOR`.
 */
export interface Engine {
  readonly out: Int32Array;
  /** Writes the first state as successor 0. */
  readonly start: () => void;
  /**
   * Writes every successor of the packed state at `from[p ...]`, beginning with number `k`. Gives the number of the next one, times 4, plus
   * 0: somebody other than speculation can move; 1: nobody can, and all is finished; 2: a deadlock.
   */
  readonly expand: (from: Int32Array, p: number, k: number) => number;
}

/** What stands before the packed words of a successor: its fingerprint, actor * 32 + move, masks of violations and moments. */
export const SUCCESSOR = 5;

export type MakeEngine = (words: Int32Array, tables: Readonly<Record<string, ArrayLike<number>>>) => Engine;

/** Successors that `out` has room for: few enough to stay in the nearest caches. */
export const OUT_ROOM = 512;

interface Writing {
  readonly spec: ModelSpec;
  readonly c: CompileContext;
  readonly tests: InvariantTests;
  /** Names of the functions that judge after a step, by their bodies: many steps have the same. */
  readonly judges: Map<string, string>;
}

/** Writes the engine of a model. The text is an expression: a function of (S, T). Deterministic. */
export function engineText(spec: ModelSpec, { reduce = false }: EngineOptions = {}): EngineText {
  const properties: string[] = [];
  const moments: string[] = [];
  const numberIn = (list: string[]) => (id: string) =>
    list.includes(id) ? list.indexOf(id) : list.push(id) - 1;
  const c: CompileContext = {
    layout: spec.layout,
    tables: spec.tables,
    propertyNumber: numberIn(properties),
    momentNumber: numberIn(moments),
  };
  const packing = packState(spec);
  const writing: Writing = { spec, c, tests: invariantTests(spec, c), judges: new Map() };
  const mostSuccessors = spec.actors.reduce((sum, actor) => sum + mostMoves(actor), 0);
  const parts = [
    PRELUDE,
    packingText(packing, spec.layout.words),
    doneText(packing, mostSuccessors),
    `function judge(){${writing.tests.all}}`,
    ...spec.actors.map((actor, i) => actorText(writing, actor, i)),
    ...[...writing.judges].map(([body, name]) => `function ${name}(){${body}}`),
    expandText(writing, reduce ? reductionText(spec, c) : { tables: '', alone: '' }),
  ];
  if (properties.length > 31 || moments.length > 31) throw new Error('more properties or moments than bits');
  const text = `(function(S,T){"use strict";let vb=0,rb=0,k=0,all=false;function bad(i){vb|=1<<i;}function reach(i){rb|=1<<i;}\n${parts.join('\n')}\nreturn{out:O,start,expand};})`;
  return { text, packing, properties, moments, mostSuccessors, reduced: reduce };
}

function mostMoves({ program }: Actor): number {
  return Math.max(1, ...program.instrs.map((instr) => (instr.k === 'step' ? instr.moves : 1)));
}

/** `done(n, action)`: S is a successor, n writes away from the state B: writes it out and takes the writes back. */
function doneText({ words }: Packing, most: number): string {
  const stride = SUCCESSOR + words;
  const copies = Array.from({ length: words }, (_, i) => `O[q+${String(SUCCESSOR + i)}]=B[${String(i)}];`);
  return `const O=new Int32Array(${String((OUT_ROOM + most) * stride)});
function done(n,action){if(all)judge();const q=Math.imul(k,${String(stride)});k++;${copies.join('')}
while(n>0){n--;const o=u[n],y=v[n];O[q+${String(SUCCESSOR)}+W[o]]^=(S[o]^y)<<H[o];S[o]=y;}
${fingerprintText(words, SUCCESSOR)}
O[q]=low;O[q+1]=high;O[q+2]=action;O[q+3]=vb;O[q+4]=rb;}
function start(){unpack(first,0);k=0;vb=0;rb=0;all=false;done(0,0);all=true;}`;
}

/** The functions of one actor: one for each step, which gives 1 if the step could be taken, and the list of them by pc. */
function actorText(writing: Writing, actor: Actor, i: number): string {
  const { spec, c } = writing;
  const others = writtenFields(
    spec.actors.filter((other) => other !== actor).flatMap((a) => a.program.instrs),
  );
  const w = stepWriter(actor.program, String(i), c, others);
  const list = actor.program.instrs.map((instr, pc) =>
    instr.k === 'step' ? `s${String(i)}_${String(pc)}` : 'none',
  );
  const steps = actor.program.instrs.flatMap((instr, pc) =>
    instr.k === 'step' ? [stepText(w, writing, pc, i)] : [],
  );
  return [goText(w), ...steps, `const F${String(i)}=[${list.join(',')}];`].join('\n');
}

function stepText(w: StepWriter, writing: Writing, pc: number, actor: number): string {
  const instr = at(w.program.instrs, pc);
  if (instr.k !== 'step') throw new Error(`instruction ${String(pc)} is no step`);
  const { text, writes } = stepWork(w, pc);
  const name = `s${String(actor)}_${String(pc)}`;
  const guard = testText(instr.guard, w.c);
  const work = `vb=0;rb=0;let n=0,x=0,y=0,o=0,h=0;${text}${judgeText(writing, writes)}`;
  if (instr.moves === 1)
    return `function ${name}(){if(!(${guard}))return 0;${work}done(n,${String(actor * 32)});return 1;}`;
  return `function ${name}(){let any=0;for(mv=0;mv<${String(instr.moves)};mv++){if(!(${guard}))continue;${work}done(n,${String(actor * 32)}+mv);any=1;}mv=0;return any;}`;
}

/** A call of the function that judges what these writes can break. */
function judgeText({ tests, judges }: Writing, writes: ReadonlySet<string>): string {
  const body = tests.after(writes);
  if (body === '') return '';
  const name = judges.get(body) ?? `j${String(judges.size)}`;
  judges.set(body, name);
  return `${name}();`;
}

function expandText({ spec, c }: Writing, { tables, alone }: ReductionText): string {
  const actors = spec.actors.map((actor, i) => {
    const pc = `S[${String(fieldOf(spec.layout, actor.program.pcField).offset)}]`;
    const end = String(actor.program.instrs.length - 2);
    const go = `F${String(i)}[${pc}]()`;
    const move = actor.role === 'whim' ? `${go};` : `moved|=${go};`;
    const waiting = actor.role === 'thread' ? `if(${pc}<${end})waiting=2;` : '';
    return `if(${testText(actor.ready, c)})${move}${waiting}`;
  });
  return `function none(){return 0;}
${tables}
function expand(P,p,from){unpack(P,p);k=from;let moved=0,waiting=1,q=0;${alone}${actors.join('\n')}
all=false;return k*4+(moved!==0?0:waiting);}`;
}

/** The tables of a model as a plain object, as the engine's text wants them. */
export function tablesObject(spec: ModelSpec): Readonly<Record<string, ArrayLike<number>>> {
  return Object.fromEntries(spec.tables);
}
