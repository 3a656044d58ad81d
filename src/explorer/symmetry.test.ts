import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../lib/at.ts';
import { type Assembler, createAssembler } from '../program/assembler.ts';
import { add, and, bitOr, eq, type Expr, find, get, lt, ne, not, num, or } from '../program/expr.ts';
import { set, type Stmt, violate, when } from '../program/instr.ts';
import { type Field, placeFields } from '../program/layout.ts';
import type { Invariant, ModelSpec } from './model.ts';
import { possibleStates } from './possible-states.ts';
import type { FieldImage, Renaming, Swap } from './swap.ts';
import { symmetryOf } from './symmetry.ts';
import { refusalOf } from './symmetry-proof.ts';
import { orbitsOf } from './testing/orbits.ts';

type Write = (asm: Assembler, me: number) => void;

const field = (name: string, max: number, cols = 1): Field => ({ name, rows: 1, cols, max, ghost: false });

/** Threads 0, 1, ... over x and y (0 to 3), a lock (owner: number + 1), a set of threads, and a column of `own` for each. */
function worldOf(writes: readonly Write[], invariants: readonly Invariant[] = []): ModelSpec {
  const drafts = writes.map((write, me) => {
    const asm = createAssembler(`t${String(me)}`, 'thread');
    write(asm, me);
    return asm.finish();
  });
  const count = writes.length;
  const layout = placeFields([
    ...drafts.flatMap(({ program, localMax }) => [
      field(program.pcField, program.instrs.length - 1),
      ...[...localMax].map(([name, max]) => field(name, max)),
    ]),
    ...[field('x', 3), field('y', 3), field('lock', count), field('set', 2 ** count - 1)],
    field('own', 3, count),
  ]);
  const actors = drafts.map(({ program }, me) => ({
    ...{ id: `t${String(me)}`, role: 'thread' as const, program, ready: num(1), wait: [] },
  }));
  const pairs = writes.flatMap((_, one) => writes.slice(one + 1).map((__, i) => [one, one + 1 + i] as const));
  const swaps = pairs.map((pair) => swapOf(count, [...layout.fields.keys()], pair));
  const initial = () => new Int32Array(layout.words);
  return { layout, tables: new Map(), actors, invariants, initial, swaps };
}

function swapOf(count: number, names: readonly string[], [one, two]: readonly [number, number]): Swap {
  const threads = Array.from({ length: count }, (_, i) => (i === one ? two : i === two ? one : i));
  const image = (to: string, cols: Renaming, values: Renaming): FieldImage => ({
    to,
    rows: null,
    cols,
    values,
  });
  const sets = Array.from({ length: 2 ** count }, (_, s) =>
    threads.reduce((sum, to, bit) => sum | (((s >> bit) & 1) << to), 0),
  );
  const locals = names.flatMap((name) => {
    const owner = threads.findIndex((_, i) => name.startsWith(`t${String(i)}.`));
    const own = name.slice(name.indexOf('.'));
    return owner < 0 ? [] : [[name, image(`t${String(at(threads, owner))}${own}`, null, null)] as const];
  });
  return {
    names: [`T${String(one)}`, `T${String(two)}`],
    actors: threads,
    moves: threads.map(() => null),
    fields: new Map([
      ...locals,
      ['lock', image('lock', null, [0, ...threads.map((to) => to + 1)])],
      ['set', image('set', null, sets)],
      ['own', image('own', threads, null)],
    ]),
  };
}

const step = (asm: Assembler, body: readonly Stmt[], guard: Expr = num(1)): void => {
  asm.step({ label: ['step'], tag: 'write', guard, body });
};

/** Takes the lock, is in the set meanwhile, counts in its own column and in x. */
function polite(asm: Assembler, me: number): void {
  const seen = asm.declare('seen', 3);
  step(asm, [set('lock', me + 1), set('set', bitOr(get('set'), 1 << me))], eq(get('lock'), 0));
  step(asm, [set(seen, get('x'))]);
  step(asm, when(lt(get(seen), 3), [set('x', add(get(seen), 1)), set('own', 1, me)]));
  step(asm, when(ne(get('lock'), me + 1), [violate('owner')], [set('lock', 0)]));
}

const invariant = (broken: Expr): Invariant => ({ property: 'state', broken, why: [] });
const refusal = (spec: ModelSpec): string | null =>
  refusalOf(spec, at(spec.swaps ?? [], 0), possibleStates(spec));

describe('threads that do the same', () => {
  it('stand for each other, lock, set, columns and invariants included, and every step has its image', () => {
    const spec = worldOf([polite, polite], [invariant(and(get('own', 0), get('own', 1), eq(get('x'), 1)))]);
    expect(refusal(spec)).toBeNull();
    const { states, orbits, odd } = orbitsOf(spec, at(spec.swaps ?? [], 0));
    expect(odd).toBe(0);
    expect(orbits).toBeLessThan(states * 0.6);
  });

  it('stand for each other all together, in every order', () => {
    const { twins, maps, refused } = symmetryOf(worldOf([polite, polite, polite]));
    expect(twins).toEqual([['T0', 'T1', 'T2']]);
    expect(maps).toHaveLength(5);
    expect(refused).toEqual([]);
  });

  it('stand for each other as far as the images of a state are few, and where others do something else', () => {
    expect(symmetryOf(worldOf([polite, polite, polite, polite, polite])).maps).toHaveLength(23);
    const other: Write = (asm) => {
      step(asm, [set('y', 1)], ne(get('lock'), 0));
    };
    const { twins, refused } = symmetryOf(worldOf([polite, other, polite]));
    expect(twins).toEqual([['T0', 'T2']]);
    expect(refused.map(({ names }) => names.join())).toEqual(['T0,T1', 'T1,T2']);
  });

  it('stand for each other where what would tell them apart cannot happen', () => {
    const reader: Write = (asm) => {
      const skip = asm.newLabel();
      step(asm, [set('y', eq(get('lock'), 0))]);
      asm.branch(lt(get('y'), 2), skip);
      step(asm, [set('x', get('own', 0))]);
      asm.place(skip);
    };
    expect(refusal(worldOf([reader, reader]))).toBeNull();
  });
});

describe('threads of which one can be told apart', () => {
  const withStep =
    (body: (me: number) => readonly Stmt[], guard: (me: number) => Expr = () => num(1)): Write =>
    (asm, me) => {
      polite(asm, me);
      step(asm, body(me), guard(me));
    };
  const cases: readonly [why: string, spec: ModelSpec][] = [
    ['by a constant', worldOf([0, 1].map(() => withStep((me) => [set('y', me + 1)])))],
    [
      'by a guard',
      worldOf(
        [0, 1].map(() =>
          withStep(
            () => [set('y', 1)],
            (me) => eq(get('x'), me),
          ),
        ),
      ),
    ],
    [
      'by what it breaks',
      worldOf([0, 1].map(() => withStep((me) => (me === 0 ? [violate('a')] : [violate('b')])))),
    ],
    ['by looking at one column', worldOf([0, 1].map(() => withStep(() => [set('y', get('own', 0))])))],
    [
      'by looking for the first',
      worldOf([0, 1].map(() => withStep(() => [set('y', find({ field: 'own', from: 0, to: 2, value: 1 }))]))),
    ],
    [
      'by comparing owners',
      worldOf(
        [0, 1].map(() =>
          withStep(
            () => [set('y', 1)],
            () => lt(get('lock'), 2),
          ),
        ),
      ),
    ],
    ['by counting with a set', worldOf([0, 1].map(() => withStep(() => [set('y', add(get('set'), 0))])))],
    ['by an invariant', worldOf([polite, polite], [invariant(eq(get('own', 0), 1))])],
    ['by one more step', worldOf([polite, withStep(() => [])])],
    [
      'by the first state',
      { ...worldOf([polite, polite]), initial: startingAt(worldOf([polite, polite]), 'own') },
    ],
    ['by a third', worldOf([polite, polite, (asm) => step(asm, [set('y', 1)], eq(get('lock'), 1))])],
  ];

  it.each(cases)('do not stand for each other: %s', (_why, spec) => {
    expect(refusal(spec)).not.toBeNull();
    expect(symmetryOf(spec).maps).toEqual([]);
  });

  it('do not stand for each other where the values of a lock would not be renamed', () => {
    const spec = worldOf([polite, polite]);
    const [swap] = spec.swaps ?? [];
    if (swap === undefined) throw new Error('nothing proposed');
    for (const name of ['lock', 'set', 'own']) {
      const fields = new Map([...swap.fields].filter(([known]) => known !== name));
      expect(refusalOf(spec, { ...swap, fields }, possibleStates(spec))).not.toBeNull();
    }
    expect(refusalOf(spec, { ...swap, actors: [0, 0] }, possibleStates(spec))).not.toBeNull();
  });

  function startingAt(spec: ModelSpec, name: string): () => Int32Array {
    const offset = spec.layout.fields.get(name)?.offset ?? 0;
    return () => spec.initial().with(offset, 1);
  }
});

describe('random threads', () => {
  it('are never taken for each other where some step has no image', () => {
    let proved = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(9), fc.nat(12), fc.nat(12)), { minLength: 1, maxLength: 4 }),
        fc.nat(40),
        fc.nat(12),
        (code, changed, judged) => {
          const write = (asm: Assembler, me: number): void => {
            code.forEach(([what, a, b], i) => {
              // One operand of the second thread is another than the first one's, now and then.
              const other = me === 1 && changed === i ? (a + 1) % 13 : a;
              randomStep(asm, me, { what, a: other, b });
            });
          };
          const invariants = [
            invariant(operand(judged, 0)),
            invariant(or(operand(judged, 1), get('x'))),
          ].slice(0, judged % 3);
          const spec = worldOf([write, write], invariants);
          if (refusal(spec) !== null) return true;
          proved += 1;
          return orbitsOf(spec, at(spec.swaps ?? [], 0)).odd === 0;
        },
      ),
      { numRuns: 300, seed: 7 },
    );
    expect(proved).toBeGreaterThan(30);
  });
});

interface RandomStep {
  readonly what: number;
  readonly a: number;
  readonly b: number;
}

function operand(which: number, me: number): Expr {
  const all = [
    ...[num(0), num(1), num(me + 1), get('x'), get('y'), get('own', me), get('own', 1 - me), get('own', 0)],
    ...[
      eq(get('lock'), 0),
      eq(get('lock'), me + 1),
      ne(get('x'), get('y')),
      not(get('lock')),
      eq(get('set'), 1 << me),
    ],
  ];
  return at(all, which);
}

function randomStep(asm: Assembler, me: number, { what, a, b }: RandomStep): void {
  const [one, two] = [operand(a, me), operand(b, me)];
  const bodies: readonly (readonly Stmt[])[] = [
    [set('x', one)],
    [set('y', one)],
    [set('own', one, me)],
    [set('own', one, 1 - me)],
    when(two, [set('lock', me + 1)], [set('lock', 0)]),
    when(two, [set('set', bitOr(get('set'), 1 << me))], [set('set', 0)]),
    when(one, [violate('step')]),
    [set('own', 1, get('own', me)), set('x', two)],
    [{ k: 'fill', field: 'own', row: num(0), value: one }],
    [{ k: 'and-row', field: 'set', row: num(0), mask: num(~(1 << me)) }],
  ];
  step(asm, at(bodies, what), b % 4 === 0 ? or(one, eq(two, 0)) : num(1));
}
