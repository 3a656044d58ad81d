import { expect, it } from 'vitest';
import type { ModelSpec } from './model.ts';
import { randomModel } from './testing/random-model.ts';
import { valueIn } from './value-in.ts';
import { at } from '../lib/at.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import { mostOf } from '../program/bounds.ts';
import {
  add,
  bitAnd,
  bitOr,
  type Expr,
  get,
  num,
  partsOf,
  shl,
  shr,
  sub,
  visitExpr,
} from '../program/expr.ts';
import type { Stmt } from '../program/instr.ts';
import { linkExpr, type Machine } from '../program/interpret.ts';
import { createJournal } from '../program/journal.ts';
import { placeFields } from '../program/layout.ts';

function expressionsIn(body: readonly Stmt[]): readonly Expr[] {
  return body.flatMap((stmt) => {
    if (stmt.k === 'set') return [stmt.row, stmt.col, stmt.value];
    if (stmt.k === 'if') return [stmt.test, ...expressionsIn([...stmt.then, ...stmt.else])];
    return stmt.k === 'each' ? expressionsIn(stmt.body) : [];
  });
}

function expressionsOf({ actors }: ModelSpec): readonly Expr[] {
  const outer = actors.flatMap(({ program }) =>
    program.instrs.flatMap((instr) => {
      if (instr.k === 'step') return [instr.guard, ...expressionsIn(instr.body)];
      if (instr.k === 'local') return expressionsIn(instr.body);
      return instr.k === 'branch' ? [instr.test] : [];
    }),
  );
  const all: Expr[] = [];
  for (const e of outer) visitExpr(e, (part) => all.push(part));
  return all;
}

/** A machine in a state that need not be reached. */
function anyMachine({ layout }: ModelSpec, rng: Rng): Machine {
  const words = new Int32Array(layout.words);
  for (const { offset, rows, cols, max } of layout.fields.values())
    for (let i = 0; i < rows * cols; i++) words[offset + i] = rng.next(4) === 0 ? max : rng.next(max + 1);
  return { words, journal: createJournal(), move: rng.next(3), each: rng.next(3), halted: false, found: [] };
}

it('whatever the fields hold, an expression is worth the same read bit by bit (valueIn) and by the interpreter', () => {
  for (let seed = 0; seed < 150; seed++) {
    const spec = randomModel(seed);
    const rng = createRng(seed + 1);
    for (const e of expressionsOf(spec)) {
      const machine = anyMachine(spec, rng);
      const reader = {
        word: (offset: number) => at(machine.words, offset),
        move: () => machine.move,
        each: () => machine.each,
      };
      expect({ seed, e, value: valueIn(spec, e, reader) }).toEqual({
        seed,
        e,
        value: linkExpr(e, spec)(machine),
      });
    }
  }
});

it('whatever the fields hold, no expression is more than its bound, and none that has one is negative', () => {
  let bounded = 0;
  for (let seed = 0; seed < 150; seed++) {
    const spec = randomModel(seed);
    const rng = createRng(seed + 1);
    for (const e of expressionsOf(spec)) {
      const most = mostOf(e, spec);
      if (most === Infinity) continue;
      bounded += partsOf(e).length > 0 ? 1 : 0;
      const machine = anyMachine(spec, rng);
      const value = linkExpr(e, spec)(machine);
      expect({ seed, e, isWithin: value >= 0 && value <= most }).toEqual({ seed, e, isWithin: true });
    }
  }
  expect(bounded).toBeGreaterThan(3000);
});

it('finds the bounds that writes and accesses are proved with', () => {
  const layout = placeFields([
    { name: 'entry', rows: 1, cols: 1, max: 1000, ghost: false },
    { name: 'flag', rows: 1, cols: 1, max: 1, ghost: false },
  ]);
  const most = (e: Expr): number => mostOf(e, { layout, tables: new Map() });
  expect(most(shr(get('entry'), 6))).toBe(15);
  expect(most(bitAnd(get('entry'), 7))).toBe(7);
  expect(most(bitOr(get('entry'), 2048))).toBe(4095);
  expect(most(bitOr(get('flag'), 0))).toBe(1);
  expect(most(add(get('flag'), 3))).toBe(4);
  expect(most(shl(get('flag'), 6))).toBe(64);
  expect(most(sub(get('entry'), 1))).toBe(Infinity);
  expect(most(num(-1))).toBe(Infinity);
  expect(most(add(get('entry'), 2 ** 31 - 1))).toBe(Infinity);
});
