import { writtenFields } from '../program/effects.ts';
import type { PlacedField } from '../program/layout.ts';
import { promelaName, promelaTest } from '../program/promela.ts';
import { firstWords } from './first-words.ts';
import type { Actor, ModelSpec } from './model.ts';
import { actorText } from './promela-actor.ts';
import { contextOf, pcOf, type Writing } from './promela-arrival.ts';

/** A model for SPIN, and the names of the properties that its `FAILS k` lines number. */
export interface PromelaModel {
  readonly text: string;
  readonly properties: readonly string[];
}

/**
 * A model as Promela: a process for each actor, a place in it for each step, and each step a `d_step`, so that SPIN stores exactly
 * our states. Written from the same programs as the search's JavaScript, and sharing no text with it. Invariants and deadlock are
 * judged by a process that never changes anything. Violations are printed once each as `FAILS k`, or asserted for one property
 * with -DPROP=k; they are no part of the state. Deterministic.
 */
export function promelaText(spec: ModelSpec): PromelaModel {
  const properties: string[] = ['no-deadlock'];
  const w: Writing = {
    spec,
    start: firstWords(spec),
    written: new Set([
      ...writtenFields(spec.actors.flatMap((actor) => actor.program.instrs)),
      ...spec.actors.map((actor) => actor.program.pcField),
    ]),
    propertyNumber: (id) => (properties.includes(id) ? properties.indexOf(id) : properties.push(id) - 1),
  };
  const parts = [
    HEAD,
    declarations(w),
    ...spec.actors.map((actor, i) => canMoveText(w, actor, i)),
    ...spec.actors.map((actor) => actorText(w, actor)),
    judgeText(w),
  ];
  const names = properties.map((id, k) => `/* ${String(k)}: ${id} */`);
  return { text: `${[...parts, ...names].join('\n')}\n`, properties };
}

const HEAD = `c_decl { extern int seen; }
c_code { int seen; }
#ifdef PROP
#define BAD(k) assert(k!=PROP)
#else
#define BAD(k) c_code { if (!(seen & (1<<k))) { seen |= 1<<k; printf("FAILS %d\\n", k); } }
#endif
hidden int pc; hidden int turn; hidden int operand; hidden int base; hidden byte halted;`;

function mostMoves({ program }: Actor): number {
  return Math.max(1, ...program.instrs.map((instr) => (instr.k === 'step' ? instr.moves : 1)));
}

/** What somebody writes is the state; the rest is constant, and hidden from it. */
function declarations({ spec, start, written }: Writing): string {
  const list = (values: Iterable<number>): string => [...values].map(String).join(',');
  const declare = ({ name, offset, rows, cols, max }: PlacedField): string => {
    const values = start.subarray(offset, offset + rows * cols);
    const type = max < 2 ** 8 ? 'byte' : max < 2 ** 15 ? 'short' : 'int';
    return `${written.has(name) ? '' : 'hidden '}${type} ${promelaName(name)}[${String(rows * cols)}]={${list(values)}};`;
  };
  const fields = [...spec.layout.fields.values()].map(declare);
  const tables = [...spec.tables].map(
    ([name, values]) =>
      `hidden int ${promelaName(name)}[${String(values.length)}]={${list(Array.from(values))}};`,
  );
  return [...fields, ...tables].join('\n');
}

/** The two ends of a program stand last: finished, stopped for ever. */
const endOf = ({ program }: Actor): number => program.instrs.length - 2;

/** `CAN_i_m`: actor i can make move m. A program rests at steps and ends only. */
function canMoveText(w: Writing, actor: Actor, i: number): string {
  const macros = Array.from({ length: mostMoves(actor) }, (_, move) => {
    const c = contextOf(w, move);
    const tests = actor.program.instrs.flatMap((instr, at) => {
      if (instr.k !== 'step') return [];
      if (move >= instr.moves) return [`${pcOf(actor)}!=${String(at)}`];
      const always = instr.guard.k === 'const' && instr.guard.value !== 0;
      return always ? [] : [`(${pcOf(actor)}!=${String(at)}||${promelaTest(instr.guard, c)})`];
    });
    const all = [`${pcOf(actor)}<${String(endOf(actor))}`, promelaTest(actor.ready, c), ...tests];
    return `#define CAN_${String(i)}_${String(move)} (${all.join('&&')})`;
  });
  return macros.join('\n');
}

/** Where the process begins that judges: the last one. */
export const JUDGE = 'active proctype judge()';

/** Every state is judged; each test leads back to the same state, so that nothing is added to what SPIN stores. */
function judgeText(w: Writing): string {
  const { actors, invariants } = w.spec;
  const moves = actors.flatMap((actor, i) => {
    if (actor.role === 'whim') return [];
    return Array.from({ length: mostMoves(actor) }, (_, move) => `!CAN_${String(i)}_${String(move)}`);
  });
  const waiting = actors
    .filter(({ role }) => role === 'thread')
    .map((actor) => `${pcOf(actor)}<${String(endOf(actor))}`);
  const deadlock = `::d_step { (${moves.join('&&')}&&(${waiting.join('||')})) -> BAD(0) }`;
  const c = contextOf(w, 0);
  const judged = invariants.map(({ property, broken }) => {
    const number = String(w.propertyNumber(property));
    return `::d_step { ${promelaTest(broken, c)} -> BAD(${number}) }`;
  });
  return `${JUDGE} {\nend: do\n${[deadlock, ...judged].join('\n')}\nod }`;
}
