import { type CompileContext, PRELUDE, programText, testText } from '../program/compile.ts';
import { fieldOf } from '../program/layout.ts';
import type { ModelSpec } from './model.ts';
import { packingText, packState, type Packing } from './packing.ts';

/** A model as JavaScript: what a search needs, as text that makes an `Engine` when it is run. */
export interface EngineText {
  readonly text: string;
  readonly packing: Packing;
  /** Properties and moments by number: bits of what a step found. */
  readonly properties: readonly string[];
  readonly moments: readonly string[];
}

/** What the text gives when it is called with the first state's words and the constant tables. */
export interface Engine {
  /** Packs the state S into P. */
  readonly pack: (into: Uint32Array) => void;
  /** Makes the packed state at P[p ...] the current one. */
  readonly unpack: (from: Uint32Array, p: number) => void;
  /** Takes every enabled step from the current state; for each calls `emit` while S is the new state. */
  readonly expand: (emit: Emit) => Expanded;
}

/** `violated` and `reached` are masks by the numbers of the text. */
export type Emit = (actor: number, move: number, violated: number, reached: number) => void;

/** 0: somebody other than speculation can move; 1: nobody can and all is finished; 2: a deadlock. */
export type Expanded = 0 | 1 | 2;

export type MakeEngine = (words: Int32Array, tables: Readonly<Record<string, ArrayLike<number>>>) => Engine;

/** Writes the engine of a model. The text is an expression: a function of (S, T). Deterministic. */
export function engineText(spec: ModelSpec): EngineText {
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
  const programs = spec.actors.map((actor, i) => programText(actor.program, String(i), c));
  const parts = [PRELUDE, ...programs, invariantsText(spec, c), expandText(spec, c), packingText(packing)];
  if (properties.length > 31 || moments.length > 31) throw new Error('more properties or moments than bits');
  const text = `(function(S,T){"use strict";let violated=0,reached=0;function bad(k){violated|=1<<k;}function reach(k){reached|=1<<k;}\n${parts.join('\n')}\nreturn{pack,unpack,expand};})`;
  return { text, packing, properties, moments };
}

function invariantsText(spec: ModelSpec, c: CompileContext): string {
  const tests = spec.invariants.map(
    ({ property, broken }) => `if(${testText(broken, c)})bad(${String(c.propertyNumber(property))});`,
  );
  return `function judge(){${tests.join('')}}`;
}

function expandText(spec: ModelSpec, c: CompileContext): string {
  const actors = spec.actors.map((actor, i) => {
    const name = String(i);
    const pc = String(fieldOf(spec.layout, actor.program.pcField).offset);
    const most = Math.max(1, ...actor.program.instrs.map((instr) => (instr.k === 'step' ? instr.moves : 1)));
    const moved = actor.role === 'whim' ? '' : 'moved=true;';
    const once = `if(guard${name}(pc)){${moved}violated=0;reached=0;step${name}(pc);judge();emit(${name},mv,violated,reached);undo();}`;
    const moves = most === 1 ? `mv=0;${once}` : `const k=moves${name}[pc];for(mv=0;mv<k;mv++){${once}}`;
    const end = String(actor.program.instrs.length - 2);
    const waiting = actor.role === 'thread' ? `if(S[${pc}]<${end})waiting=true;` : '';
    return `{const pc=S[${pc}];if(${testText(actor.ready, c)}){${moves}}${waiting}}`;
  });
  const counts = spec.actors.map((actor, i) => {
    const list = actor.program.instrs.map((instr) => (instr.k === 'step' ? instr.moves : 0));
    return `const moves${String(i)}=[${list.join(',')}];`;
  });
  return `${counts.join('')}function expand(emit){let moved=false,waiting=false;${actors.join('')}return moved?0:waiting?2:1;}`;
}

/** The tables of a model as a plain object, as the engine's text wants them. */
export function tablesObject(spec: ModelSpec): Readonly<Record<string, ArrayLike<number>>> {
  return Object.fromEntries(spec.tables);
}
