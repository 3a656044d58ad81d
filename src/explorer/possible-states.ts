import { at } from '../lib/at.ts';
import { effectsOf, writtenFields } from '../program/effects.ts';
import type { Expr } from '../program/expr.ts';
import type { Instr, Stmt } from '../program/instr.ts';
import { fieldOf, type PlacedField } from '../program/layout.ts';
import { firstWords } from './first-words.ts';
import type { ModelSpec } from './model.ts';
import {
  combined,
  elementsAt,
  joined,
  type Known,
  mayBeFalse,
  mayBeTrue,
  readAt,
  type Values,
  valuesOf,
} from './possible-values.ts';

/** What the states of a model can be like: no less than the states that are reached, and mostly more. */
export interface Possible {
  /** By word of the flat state; null: anything from 0 to its field's `max`. */
  readonly words: readonly Values[];
  /** By actor and pc: whether control may come there. */
  readonly reached: readonly (readonly boolean[])[];
}

/** Words and places found so far. They only grow. */
interface Growing {
  readonly words: Values[];
  readonly reached: boolean[][];
  /** Counts instructions done; by field when one of its words last grew, by actor and pc when it was last done. */
  now: number;
  readonly grown: Map<string, number>;
  readonly done: number[][];
  grew: boolean;
}

/**
 * Starts at the model's first state and lets every step that may be possible do all that it may, until nothing new comes. What is known
 * of one word is forgotten when another is looked at, so that this is quick, and never too little.
 */
export function possibleStates(spec: ModelSpec): Possible {
  const words = firstWords(spec);
  const growing: Growing = {
    words: [...words].map((word) => new Set([word])),
    reached: spec.actors.map(({ program }) => program.instrs.map(() => false)),
    ...{ now: 0, grown: new Map(), done: spec.actors.map(() => []), grew: true },
  };
  const written = spec.actors.map(({ program }) => writtenFields(program.instrs));
  spec.actors.forEach(({ program }, actor) => {
    const { offset } = fieldOf(spec.layout, program.pcField);
    const movedByOthers = written.some((fields, other) => other !== actor && fields.has(program.pcField));
    program.instrs.forEach((_, pc) => {
      if (movedByOthers || pc === words[offset]) reach(growing, actor, pc);
    });
    growing.words[offset] = null;
    for (const local of program.locals) joinWords(fieldOf(spec.layout, local), [0], new Set([0]), growing);
  });
  while (growing.grew) {
    growing.grew = false;
    spec.actors.forEach((_, actor) => {
      doReached(spec, growing, actor);
    });
  }
  return growing;
}

function reach(growing: Growing, actor: number, pc: number): void {
  const places = at(growing.reached, actor);
  if (places[pc] === true) return;
  places[pc] = true;
  growing.grew = true;
}

/** Elements of a field, counted through its rows, may have these values too. */
function joinWords(
  { offset, name }: PlacedField,
  elements: readonly number[],
  values: Values,
  growing: Growing,
): void {
  for (const element of elements) {
    const known = at(growing.words, offset + element);
    const sum = joined(known, values);
    if (sum === known) continue;
    growing.words[offset + element] = sum;
    growing.grown.set(name, growing.now);
    growing.grew = true;
  }
}

/** Everything that control may come to, but for what would do as it did. */
function doReached(spec: ModelSpec, growing: Growing, actor: number): void {
  const done = at(growing.done, actor);
  at(spec.actors, actor).program.instrs.forEach((instr, pc) => {
    const before = done[pc] ?? -1;
    const isOld = (field: string): boolean => (growing.grown.get(field) ?? 0) < before;
    if (growing.reached[actor]?.[pc] !== true) return;
    if (before >= 0 && [...effectsOf(instr).reads].every(isOld)) return;
    done[pc] = growing.now += 1;
    doInstr(spec, growing, { actor, pc, instr });
  });
}

interface Doing {
  readonly actor: number;
  readonly pc: number;
  readonly instr: Instr;
}

function doInstr(spec: ModelSpec, growing: Growing, { actor, pc, instr }: Doing): void {
  const moves = instr.k === 'step' ? instr.moves : Infinity;
  const known: Known = { layout: spec.layout, tables: spec.tables, words: growing.words, moves, rounds: 1 };
  if (instr.k === 'end' || (instr.k === 'step' && !mayBeTrue(valuesOf(instr.guard, known)))) return;
  const test = instr.k === 'branch' ? valuesOf(instr.test, known) : null;
  if (instr.k === 'jump' || (instr.k === 'branch' && mayBeTrue(test))) reach(growing, actor, instr.target);
  if (instr.k === 'jump' || (instr.k === 'branch' && !mayBeFalse(test))) return;
  const halts = instr.k !== 'branch' && doAll(instr.body, known, growing);
  if (halts) reach(growing, actor, at(spec.actors, actor).program.instrs.length - 1);
  reach(growing, actor, pc + 1);
}

/** True when the thread may stop for ever. */
function doAll(body: readonly Stmt[], known: Known, growing: Growing): boolean {
  return body.map((stmt) => doOne(stmt, known, growing)).some(Boolean);
}

function doOne(stmt: Stmt, known: Known, growing: Growing): boolean {
  if (stmt.k === 'if') {
    const test = valuesOf(stmt.test, known);
    const ways = [mayBeTrue(test) ? stmt.then : [], mayBeFalse(test) ? stmt.else : []];
    return ways.map((way) => doAll(way, known, growing)).some(Boolean);
  }
  if (stmt.k === 'each') return doAll(stmt.body, { ...known, rounds: stmt.count }, growing);
  if (stmt.k === 'halt') return true;
  if (stmt.k === 'violate' || stmt.k === 'reach') return false;
  const field = fieldOf(known.layout, stmt.field);
  const { row, col, value } = changeOf(stmt, field, known);
  joinWords(field, elementsAt(field, valuesOf(row, known), col), value, growing);
  return false;
}

interface Change {
  readonly row: Expr;
  readonly col: Values;
  readonly value: Values;
}

function changeOf(stmt: Extract<Stmt, { readonly field: string }>, field: PlacedField, known: Known): Change {
  const wholeRow = (row: Expr): Values => readAt(known, field, valuesOf(row, known), null);
  switch (stmt.k) {
    case 'set':
      return { row: stmt.row, col: valuesOf(stmt.col, known), value: valuesOf(stmt.value, known) };
    case 'fill':
      return { row: stmt.row, col: null, value: valuesOf(stmt.value, known) };
    case 'and-row':
      return {
        row: stmt.row,
        col: null,
        value: combined('&', wholeRow(stmt.row), valuesOf(stmt.mask, known)),
      };
    case 'copy-row':
      return { row: stmt.to, col: null, value: wholeRow(stmt.from) };
  }
}
