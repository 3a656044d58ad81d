import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { createAssembler } from '../program/assembler.ts';
import { add, eq, get, lt, move } from '../program/expr.ts';
import { set } from '../program/instr.ts';
import { placeFields } from '../program/layout.ts';
import { createModel, type Model, takeStep, createMachine } from './model.ts';
import { seededChoice } from '../lib/rng.ts';
import { createRun, enabledMoves, type Move, type Run, seededMove, seek, step } from './run.ts';

const field = (name: string, max: number, cols = 1) => ({ name, rows: 1, cols, max, ghost: false });

/** Two actors that write small numbers into a row of cells, for as long as they like. */
function scribblers(): Model {
  const programs = [0, 1].map((actor) => {
    const asm = createAssembler(`a${String(actor)}`, 'scribbler');
    const again = asm.newLabel();
    asm.declare('n', 7);
    asm.place(again);
    asm.step({
      label: ['write'],
      tag: 'write',
      moves: 3,
      guard: lt(get('cells', actor), 7),
      body: [set('cells', add(get('cells', actor), 1), actor), set('cells', move, add(move, 2))],
    });
    asm.step({ label: ['reset'], tag: 'write', body: [set('cells', eq(get('cells', actor), 1), actor)] });
    asm.jump(again);
    return asm.finish().program;
  });
  const layout = placeFields([
    field('a0.pc', 9),
    field('a1.pc', 9),
    field('a0.n', 7),
    field('a1.n', 7),
    field('cells', 7, 5),
  ]);
  return createModel({
    layout,
    tables: new Map(),
    actors: programs.map((program, i) => ({
      id: `a${String(i)}`,
      program,
      role: 'thread' as const,
      ready: eq(0, 0),
      wait: [],
    })),
    invariants: [],
    initial: () => new Int32Array(layout.words),
  });
}

/** Takes enabled moves as the numbers say; gives a plain copy of the state after each. */
function takeMoves(run: Run, picks: readonly number[]): Int32Array[] {
  const copies = [run.machine.words.slice()];
  for (const pick of picks) {
    const moves = enabledMoves(run);
    if (moves.length === 0) break;
    step(run, at(moves, pick % moves.length));
    copies.push(run.machine.words.slice());
  }
  return copies;
}

function replayed(model: Model, moves: readonly Move[]): Int32Array {
  const machine = createMachine(model);
  for (const { actor, move: nth } of moves) takeStep(model, machine, actor, nth);
  return machine.words;
}

const picks = fc.array(fc.nat(), { maxLength: 60 });

describe('run', () => {
  it('seeking to any moment gives the state that a replay from the start gives', () => {
    const model = scribblers();
    fc.assert(
      fc.property(picks, picks, (taken, visits) => {
        const run = createRun(model);
        takeMoves(run, taken);
        for (const visit of visits) {
          const target = visit % (run.moves.length + 1);
          seek(run, target);
          expect(run.cursor).toBe(target);
          expect(run.machine.words).toEqual(replayed(model, run.moves.slice(0, target)));
        }
      }),
    );
  });

  it('a step taken in the past forgets the future, and the run goes on from there', () => {
    const model = scribblers();
    fc.assert(
      fc.property(picks, fc.nat(), picks, (first, where, second) => {
        const run = createRun(model);
        takeMoves(run, first);
        const kept = where % (run.moves.length + 1);
        const before = run.moves.slice(0, kept);
        seek(run, kept);
        const copies = takeMoves(run, second);
        if (copies.length === 1) return;
        expect(run.moves).toHaveLength(kept + copies.length - 1);
        expect(run.moves.slice(0, kept)).toEqual(before);
        copies.forEach((words, i) => {
          seek(run, kept + i);
          expect(run.machine.words).toEqual(words);
        });
      }),
    );
  });

  it('a long run, with snapshots, is the same seen from both ends', () => {
    const model = scribblers();
    const run = createRun(model);
    const copies = takeMoves(
      run,
      Array.from({ length: 6000 }, (_, i) => (i * 7919) % 31),
    );
    expect(run.snapshots.taken.length).toBeGreaterThan(2);
    for (const target of [6000, 0, 4097, 4096, 2047, 2048, 5999, 1, 6000]) {
      seek(run, target);
      expect(run.machine.words).toEqual(copies[target]);
    }
    seek(run, 2050);
    takeMoves(run, [1]);
    expect(run.snapshots.taken.every((snapshot) => snapshot.step <= 2051)).toBe(true);
    seek(run, 0);
    expect(run.machine.words).toEqual(copies[0]);
  });

  it('a seeded run is the same every time, and the same after going back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(40), (seed, back) => {
        const go = (run: Run, length: number): void => {
          while (run.moves.length < length || run.cursor < length) {
            const next = seededMove(run, seed);
            if (next === null) return;
            step(run, next);
          }
        };
        const [one, two] = [createRun(scribblers()), createRun(scribblers())];
        go(one, 40);
        go(two, 40);
        seek(two, back % (two.moves.length + 1));
        go(two, 40);
        expect(two.moves).toEqual(one.moves);
      }),
    );
  });

  it('different seeds do not all choose alike', () => {
    const firsts = Array.from({ length: 40 }, (_, seed) => seededMove(createRun(scribblers()), seed));
    expect(new Set(firsts.map((m) => JSON.stringify(m))).size).toBe(6);
  });

  it('seeds choose independently of each other, also between two', () => {
    const sequences = Array.from({ length: 200 }, (_, seed) =>
      Array.from({ length: 16 }, (_unused, place) => seededChoice(seed, place, 2)).join(''),
    );
    expect(new Set(sequences).size).toBeGreaterThan(190);
  });

  it('refuses a move that is not enabled and a moment that does not exist, and changes nothing', () => {
    const run = createRun(scribblers());
    takeMoves(run, [0, 1]);
    const before = run.machine.words.slice();
    for (const nth of [3, -1, 0.5])
      expect(() => step(run, { actor: 1, move: nth })).toThrow('cannot move now');
    for (const moment of [-1, 3, 0.5]) {
      expect(() => {
        seek(run, moment);
      }).toThrow('no moment');
    }
    expect(run.machine.words).toEqual(before);
    expect(run.moves).toHaveLength(2);
  });
});
