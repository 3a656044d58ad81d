import { type CompileContext, testText } from '../program/compile.ts';
import { fieldOf } from '../program/layout.ts';
import type { ModelSpec } from './model.ts';
import { type ActorReduction, type Holds, type Reduction, reductionOf } from './reduction.ts';

/** A model's reduction as JavaScript. */
export interface ReductionText {
  /** Tables that the tests use. */
  readonly tables: string;
  /** Statements at the head of `expand`: where an actor may move alone, it does, and nobody else is tried. */
  readonly alone: string;
  readonly count: AloneCount;
}

/** How many places of all programs have a step that may be taken alone, of how many that have a step. */
export interface AloneCount {
  readonly alone: number;
  readonly steps: number;
}

/** `F<i>` is the list of an actor's steps by pc, `k` the number of successors. */
export function reductionText(spec: ModelSpec, c: CompileContext): ReductionText {
  const reduction = reductionOf(spec);
  const useful = reduction.actors.map(({ candidates }) => candidates.some((number) => number > 0));
  const classes = reduction.actors.map(
    (actor, i) => `const K${String(i)}=Uint16Array.from([${actor.classes.join(',')}]);`,
  );
  const tables = reduction.actors.map((actor, i) =>
    useful[i] === true ? tablesText(reduction, actor, i) : '',
  );
  const alone = reduction.actors.map((actor, i) => (useful[i] === true ? aloneText(spec, c, actor, i) : ''));
  return {
    tables: [...classes, ...tables].join('\n'),
    alone: alone.join('\n'),
    count: countOf(spec, reduction),
  };
}

function countOf(spec: ModelSpec, { actors }: Reduction): AloneCount {
  const instrs = spec.actors.flatMap(({ program }) => program.instrs);
  const candidates = actors.flatMap((actor) => actor.candidates.filter((number) => number > 0));
  return { alone: candidates.length, steps: instrs.filter(({ k }) => k === 'step').length };
}

function tablesText({ actors }: Reduction, { candidates, independent }: ActorReduction, i: number): string {
  const tables = independent.map((table, j) => {
    if (table === null) return '';
    const flat = table.flatMap((row) => row.map(Number));
    return `const I${String(i)}_${String(j)}=Uint8Array.from([${flat.join(',')}]),C${String(i)}_${String(j)}=${String(classCount(actors, j))};`;
  });
  return `const Q${String(i)}=Uint16Array.from([${candidates.join(',')}]);${tables.join('')}`;
}

function classCount(actors: readonly ActorReduction[], j: number): number {
  return Math.max(...(actors[j]?.classes ?? [0])) + 1;
}

function aloneText(spec: ModelSpec, c: CompileContext, actor: ActorReduction, i: number): string {
  const pcOf = (j: number): string => {
    const program = spec.actors[j]?.program;
    if (program === undefined) throw new Error(`no actor ${String(j)}`);
    return `S[${String(fieldOf(spec.layout, program.pcField).offset)}]`;
  };
  const tests = actor.independent.flatMap((table, j) => {
    if (table === null) return [];
    const [pair, pc] = [`${String(i)}_${String(j)}`, pcOf(j)];
    const holds = actor.holds[j];
    const held = holds === undefined ? [] : heldTexts(holds, pc, c);
    return [`(I${pair}[(q-1)*C${pair}+K${String(j)}[${pc}]]===1${held.map((test) => `||${test}`).join('')})`];
  });
  const ready = spec.actors[i]?.ready;
  const isReady = ready === undefined ? 'true' : testText(ready, c);
  const all = ['q!==0', isReady, ...tests].join('&&');
  return `q=Q${String(i)}[${pcOf(i)}];if(${all}){if(F${String(i)}[${pcOf(i)}]()!==0){E[4]=0;return k*4;}}`;
}

/** True where the actor cannot move: one of the conditions is false. */
function heldTexts({ ready, guards }: Holds, pc: string, c: CompileContext): readonly string[] {
  const atPlaces = [...guards].map(
    ([place, parts]) =>
      `${pc}===${String(place)}&&(${parts.map((part) => `!(${testText(part, c)})`).join('||')})`,
  );
  return [...ready.map((part) => `!(${testText(part, c)})`), ...atPlaces];
}
