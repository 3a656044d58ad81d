import { describe, expect, it } from 'vitest';
import { type Assembler, createAssembler } from '../program/assembler.ts';
import { add, eq, type Expr, get, lt, num } from '../program/expr.ts';
import { set, violate, when } from '../program/instr.ts';
import { placeFields } from '../program/layout.ts';
import { createModel, type Invariant, type Model } from './model.ts';
import { keyOf, naiveSearch, scheduleText } from './naive-search.ts';

/** A model of actors a, b, ... over numbers x, y and lock (0: free). */
function modelOf(
  actors: readonly ((asm: Assembler) => void)[],
  invariants: readonly Invariant[] = [],
): Model {
  const drafts = actors.map((write, i) => {
    const id = 'abc'.charAt(i);
    const asm = createAssembler(id, id);
    write(asm);
    return { id, ...asm.finish() };
  });
  const one = (name: string, max: number) => ({ name, rows: 1, cols: 1, max, ghost: false });
  const layout = placeFields([
    ...drafts.map(({ program }) => one(program.pcField, program.instrs.length)),
    ...drafts.flatMap(({ program }) => program.locals.map((local) => one(local, 9))),
    ...['x', 'y', 'lock'].map((name) => one(name, 9)),
  ]);
  return createModel({
    layout,
    tables: new Map(),
    actors: drafts.map(({ id, program }) => ({
      id,
      program,
      role: 'thread' as const,
      ready: num(1),
      wait: [],
    })),
    invariants,
    initial: () => new Int32Array(layout.words),
  });
}

const count = (field: string, to: number) => (asm: Assembler) => {
  for (let i = 1; i <= to; i++)
    asm.step({ label: [`${field} = ${String(i)}`], tag: 'write', body: [set(field, i)] });
};

/** x += 1 in two steps, as a program without a lock does it. */
function increment(asm: Assembler): void {
  const seen = asm.declare('seen', 9);
  asm.step({ label: ['read x'], tag: 'read', body: [set(seen, get('x'))] });
  asm.step({ label: ['write x'], tag: 'write', body: [set('x', add(get(seen), 1))] });
}

const locked = (guarded: (asm: Assembler) => void) => (asm: Assembler) => {
  asm.step({ label: ['lock'], tag: 'lock', guard: eq(get('lock'), 0), body: [set('lock', 1)] });
  guarded(asm);
  asm.step({ label: ['unlock'], tag: 'unlock', body: [set('lock', 0)] });
};

describe('naive search', () => {
  it('of two independent actors of m and n steps visits (m + 1)(n + 1) states', () => {
    const found = naiveSearch(modelOf([count('x', 3), count('y', 4)]), 1000);
    expect(found).toMatchObject({ states: 20, transitions: 3 * 5 + 4 * 4, depth: 7, exhaustive: true });
    expect(found.ends).toHaveLength(1);
    expect(found.violations.size).toBe(0);
  });

  it('finds the lost update, by a shortest schedule, and none under a lock', () => {
    const done: Expr = eq(get('a.pc'), 2);
    const lost = (end: Expr, bothEnd: Expr): Invariant => ({
      property: 'lost-update',
      broken: { k: 'binary', op: '&&', a: { k: 'binary', op: '&&', a: end, b: bothEnd }, b: lt(get('x'), 2) },
      why: ['x is ', { value: get('x'), as: 'number' }],
    });
    const racy = modelOf([increment, increment], [lost(done, eq(get('b.pc'), 2))]);
    const found = naiveSearch(racy, 1000);
    expect(scheduleText(racy, found.violations.get('lost-update') ?? [])).toBe('a b a b');
    expect(found.ends).toHaveLength(2);
    const atEnd = lost(eq(get('a.pc'), 4), eq(get('b.pc'), 4));
    const safe = naiveSearch(modelOf([locked(increment), locked(increment)], [atEnd]), 1000);
    expect(safe.violations.size).toBe(0);
    expect(safe).toMatchObject({ exhaustive: true });
  });

  it('a step that finds something ends no path, and a moment is not a violation', () => {
    const noisy = modelOf([
      (asm) => {
        asm.step({ label: ['bad'], tag: 'write', body: [violate('bad', 'it is'), set('x', 1)] });
        asm.step({ label: ['seen'], tag: 'write', body: [{ k: 'reach', moment: 'seen' }] });
        asm.step({ label: ['worse'], tag: 'write', body: when(get('x'), [violate('worse', 'still')]) });
      },
    ]);
    const found = naiveSearch(noisy, 100);
    expect([...found.violations].map(([id, moves]) => [id, moves.length])).toEqual([
      ['bad', 1],
      ['worse', 3],
    ]);
    expect([...found.moments]).toEqual(['seen']);
    expect(found.states).toBe(4);
  });

  it('a deadlock is an end, and an end tells the schedule that leads there', () => {
    const never = modelOf([
      (asm) => {
        asm.step({ label: ['lock'], tag: 'lock', guard: eq(get('lock'), 0), body: [set('lock', 1)] });
        asm.step({ label: ['lock'], tag: 'lock', guard: eq(get('lock'), 0), body: [] });
      },
    ]);
    const found = naiveSearch(never, 100);
    expect(found.ends.map((end) => scheduleText(never, end))).toEqual(['a']);
  });

  it('values that nobody reads any more do not tell states apart', () => {
    const forgetful = modelOf([
      (asm) => {
        const local = asm.declare('n', 9);
        asm.step({ label: ['any'], tag: 'read', moves: 4, body: [set(local, { k: 'move' })] });
        asm.step({ label: ['last use'], tag: 'write', body: [set('x', eq(get(local), 9))] });
      },
    ]);
    expect(naiveSearch(forgetful, 100).states).toBe(1 + 4 + 1);
  });

  it('says when its bound was hit', () => {
    const endless = (asm: Assembler): void => {
      const again = asm.newLabel();
      asm.place(again);
      asm.step({ label: ['next'], tag: 'write', moves: 9, body: [set('x', { k: 'move' })] });
      asm.jump(again);
    };
    expect(naiveSearch(modelOf([endless, count('y', 9)]), 20).exhaustive).toBe(false);
    expect(naiveSearch(modelOf([endless, count('y', 9)]), 100)).toMatchObject({
      exhaustive: true,
      states: 90,
    });
  });

  it('two states have the same key only when they are the same', () => {
    const states = [
      [0, 0],
      [0, 1],
      [1, 0],
      [65536, 0],
      [0, 65536],
      [-1, 0],
      [2 ** 31 - 1, 1],
    ];
    expect(new Set(states.map((words) => keyOf(Int32Array.from(words)))).size).toBe(states.length);
  });
});
