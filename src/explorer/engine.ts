import { at } from '../lib/at.ts';
import { type CompileContext, PRELUDE, testText, UNDO } from '../program/compile.ts';
import { goText, stepWork, type StepWriter, stepWriter } from '../program/compile-step.ts';
import { writtenFields } from '../program/effects.ts';
import type { Expr } from '../program/expr.ts';
import { fieldOf } from '../program/layout.ts';
import { fingerprintText } from './fingerprint.ts';
import { invariantTests, type InvariantTests } from './invariant-tests.ts';
import type { Actor, ModelSpec } from './model.ts';
import { packingText, packState, type Packing } from './packing.ts';
import { type AloneCount, reductionText, type ReductionText } from './reduction-text.ts';
import { OUT_ROOM, SUCCESSOR } from './successor.ts';
import { type Symmetry, symmetryOf } from './symmetry.ts';
import { changedWords, type SymmetryText, symmetryText } from './symmetry-text.ts';

/** A model as JavaScript: what a search needs, as text that makes an `Engine` when it is run. */
export interface EngineText {
  readonly text: string;
  readonly packing: Packing;
  /** Properties and moments by number: bits of what a step found. */
  readonly properties: readonly string[];
  readonly moments: readonly string[];
  /** Most successors that one state can have. */
  readonly mostSuccessors: number;
  /** Steps that change no verdict in whatever order are taken alone: see `Reduction`. Null: all are tried in whatever order. */
  readonly alone: AloneCount | null;
  /** Who stands for whom, and how many images a state has then, itself included: see `Symmetry`. Only where it is reduced. */
  readonly symmetry: Pick<Symmetry, 'twins' | 'refused'> & { readonly images: number };
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
  /**
   * Successors that were dropped, as long as nobody takes them away: only if `start` was told so. Steps of several threads lead to the same state in whatever
   * order they are taken, so more than half of all successors came up a moment ago; those of them that broke and reached nothing new are not written out.
   */
  readonly tally: Int32Array;
  /** Writes the first state as successor 0. */
  readonly start: (drop: boolean) => void;
  /**
   * Writes every successor of the packed state at `from[p ...]`, beginning with number `k`. Gives the number of the next one, times 4, plus
   * 0: somebody other than speculation can move; 1: nobody can, and all is finished; 2: a deadlock.
   */
  readonly expand: (from: Int32Array, p: number, k: number) => number;
  /** Copies the packed words of the successor at `out[q ...]` to `to[p ...]`: word by word, since they are few. */
  readonly copy: (q: number, to: Int32Array, p: number) => void;
}

export type MakeEngine = (words: Int32Array, tables: Readonly<Record<string, ArrayLike<number>>>) => Engine;

interface Writing {
  readonly spec: ModelSpec;
  readonly c: CompileContext;
  readonly tests: InvariantTests;
  /** By actor: the fields that its program may write. */
  readonly written: readonly ReadonlySet<string>[];
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
  const symmetry = symmetryOf(reduce ? spec : { ...spec, swaps: [] });
  const packing = packState(spec, changedWords(symmetry.maps, spec.layout.words));
  const images = symmetryText(packing, symmetry.maps, spec.layout.words);
  const written = spec.actors.map(({ program }) => writtenFields(program.instrs));
  const writing: Writing = { spec, c, tests: invariantTests(spec, c), written, judges: new Map() };
  const reduction = reduce ? reductionText(spec, c) : null;
  const mostSuccessors = spec.actors.reduce((sum, actor) => sum + mostMoves(actor), 0);
  const parts = [
    PRELUDE,
    packingText(packing, spec.layout.words),
    doneText(packing, mostSuccessors, images),
    `function judge(){${writing.tests.all}}`,
    ...spec.actors.map((actor, i) => actorText(writing, actor, i)),
    ...[...writing.judges].map(([body, name]) => `function ${name}(){${body}}`),
    expandText(writing, reduction ?? { tables: '', alone: '' }, images),
  ];
  if (properties.length > 31 || moments.length > 31) throw new Error('more properties or moments than bits');
  const text = `(function(S,T){"use strict";${NOTES}\n${parts.join('\n')}\nreturn{out:O,tally,start,expand,copy};})`;
  const told = { twins: symmetry.twins, refused: symmetry.refused, images: symmetry.maps.length + 1 };
  const alone = reduction?.count ?? null;
  return { text, packing, properties, moments, mostSuccessors, alone, symmetry: told };
}

function mostMoves({ program }: Actor): number {
  return Math.max(1, ...program.instrs.map((instr) => (instr.k === 'step' ? instr.moves : 1)));
}

/**
 * `done(n, action)`: S is a successor, n logged writes away from the state B: takes them back, and writes the successor out unless it is dropped; nothing
 * is broken or reached then. `D` gathers how words of B change, `L` and `N` which do and to what; `R` holds the fingerprints that came up last.
 */
function doneText({ words }: Packing, most: number, images: SymmetryText): string {
  const stride = SUCCESSOR + words;
  const places = Array.from({ length: words }, (_, i) => i);
  return `${fingerprintText(words)}
const O=new Int32Array(${String((OUT_ROOM + most) * stride)}),D=new Int32Array(${String(words)}),L=new Int32Array(${String(UNDO)}),N=new Int32Array(${String(words)}),R=new Int32Array(${String(2 * RECENT)}),tally=new Int32Array(1);
${images.tables}
function done(n,action){if(n>${String(UNDO)})throw new Error('a step writes too much');if(E[4]!==0)judge();let c=0,m=0,a=M[0],b=M[1];
while(n>0){n--;const o=u[n],w=W[o],h=H[o],y=B[w]>>>h&V[o];if(D[w]===0)L[c++]=w;D[w]^=(S[o]^y)<<h;${images.change}S[o]=y;}
${images.before}for(let i=0;i<c;i++){const w=L[i],d=D[w];if(d!==0){D[w]=0;const x=B[w]^d,p=A[w]^mixA(w,x),q=Z[w]^mixZ(w,x);a^=p;b^=q;${images.mixed}L[m]=w;N[m++]=x;}}
if(E[5]!==0){const p=(a&${String(RECENT - 1)})*2;
if(R[p]===a&&R[p+1]===b&&(E[0]&~E[2]|E[1]&~E[3])===0){tally[0]++;E[0]=0;E[1]=0;${images.dropped}return;}
R[p]=a;R[p+1]=b;E[2]|=E[0];E[3]|=E[1];}
${images.least}
a=a||1;b=b||1;
const q=Math.imul(k,${String(stride)});k++;
O[q]=a;O[q+1]=b;O[q+2]=action;O[q+3]=E[0];O[q+4]=E[1];E[0]=0;E[1]=0;
${places.map((i) => `O[q+${String(SUCCESSOR + i)}]=B[${String(i)}];`).join('')}
for(let i=0;i<m;i++)O[q+${String(SUCCESSOR)}+L[i]]=N[i];}
function copy(q,to,p){${places.map((i) => `to[p+${String(i)}]=O[q+${String(SUCCESSOR + i)}];`).join('')}}
function start(drop){R.fill(0);E.fill(0);tally[0]=0;
for(let i=0;i<${String(REHEARSALS)};i++){for(let w=0;w<${String(words)};w++)B[w]=~first[w];unpack(first,0);}
${images.unpacked}k=0;E[5]=drop?1:0;done(0,0);E[4]=1;}`;
}

/**
 * E[0], E[1]: what the step broke and reached; E[2], E[3]: what any did; E[4]: not 0 as long as all invariants are judged, whatever was written; E[5]: not 0 where
 * successors are dropped. In an array for V8's sake, as fingerprints are.
 */
const NOTES = `const E=new Int32Array(6);let k=0;function bad(i){E[0]|=1<<i;}function reach(i){E[1]|=1<<i;}`;

/** How often a start takes all words of a state apart, as if all were new: V8 sees each place of `unpack` then before it compiles it. */
const REHEARSALS = 16;

/** Fingerprints that are remembered for having come up last: few enough for the nearest cache. */
const RECENT = 1024;

/** The functions of one actor: one for each step, which gives 1 if the step could be taken, and the list of them by pc. */
function actorText(writing: Writing, actor: Actor, i: number): string {
  const { c, written } = writing;
  const others = new Set(written.flatMap((fields, other) => (other === i ? [] : [...fields])));
  const w = stepWriter(actor.program, String(i), c, others);
  const list = actor.program.instrs.map((instr, pc) =>
    instr.k === 'step' ? `s${String(i)}_${String(pc)}` : 'none',
  );
  const steps = actor.program.instrs.flatMap((instr, pc) =>
    instr.k === 'step' ? [stepText(w, writing, pc, i)] : [],
  );
  const go = steps.some(({ loops }) => loops) ? [goText(w)] : [];
  return [...go, ...steps.map(({ text }) => text), `const F${String(i)}=[${list.join(',')}];`].join('\n');
}

interface OneStep {
  readonly text: string;
  readonly loops: boolean;
}

function stepText(w: StepWriter, writing: Writing, pc: number, actor: number): OneStep {
  const instr = at(w.program.instrs, pc);
  if (instr.k !== 'step') throw new Error(`instruction ${String(pc)} is no step`);
  const { text: step, writes, loops } = stepWork(w, pc);
  const name = `s${String(actor)}_${String(pc)}`;
  const work = `let n=0,o=0,h=0;${step}${judgeText(writing, writes)}`;
  const action = String(actor * 32);
  if (instr.moves === 1) {
    const guard = isAlways(instr.guard) ? '' : `if(!(${testText(instr.guard, w.c)}))return 0;`;
    return { text: `function ${name}(){${guard}${work}done(n,${action});return 1;}`, loops };
  }
  // What tries the moves is asked far more often than any can be made: it is short, and by itself.
  const tries = `for(mv=0;mv<${String(instr.moves)};mv++)if(${testText(instr.guard, w.c)}){${name}m();any=1;}`;
  const text = `function ${name}(){let any=0;${tries}mv=0;return any;}
function ${name}m(){${work}done(n,${action}+mv);}`;
  return { text, loops };
}

function isAlways(e: Expr): boolean {
  return e.k === 'const' && e.value !== 0;
}

/** A call of the function that judges what these writes can break. */
function judgeText({ tests, judges }: Writing, writes: ReadonlySet<string>): string {
  const body = tests.after(writes);
  if (body === '') return '';
  const name = judges.get(body) ?? `j${String(judges.size)}`;
  judges.set(body, name);
  return `${name}();`;
}

function expandText(
  { spec, c }: Writing,
  { tables, alone }: Pick<ReductionText, 'tables' | 'alone'>,
  { unpacked }: SymmetryText,
): string {
  const actors = spec.actors.map((actor, i) => {
    const pc = `S[${String(fieldOf(spec.layout, actor.program.pcField).offset)}]`;
    const end = String(actor.program.instrs.length - 2);
    const go = `run(F${String(i)}[${pc}])`;
    const ready = isAlways(actor.ready) ? '' : `if(${testText(actor.ready, c)})`;
    if (actor.role === 'thread') return `if(${pc}<${end}){waiting=2;${ready}moved|=${go};}`;
    // Most of the time these wait for work where they begin.
    const first = actor.program.instrs[0]?.k === 'step' ? `${pc}===0?s${String(i)}_0():${go}` : go;
    return `${ready}${actor.role === 'whim' ? first : `moved|=${first}`};`;
  });
  // One place calls all steps, so that V8 never takes the first one that it sees for the only one.
  return `function none(){return 0;}
function run(step){return step();}
${tables}
function expand(P,p,from){unpack(P,p);${unpacked}k=from;let moved=0,waiting=1,q=0;${alone}${actors.join('\n')}
E[4]=0;return k*4+(moved!==0?0:waiting);}`;
}

/** The tables of a model as a plain object, as the engine's text wants them. */
export function tablesObject(spec: ModelSpec): Readonly<Record<string, ArrayLike<number>>> {
  return Object.fromEntries(spec.tables);
}
