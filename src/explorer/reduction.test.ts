import { describe, expect, it } from 'vitest';
import { createAssembler } from '../program/assembler.ts';
import { add, and, eq, type Expr, get, num, or, table } from '../program/expr.ts';
import { set, type Stmt, violate, when } from '../program/instr.ts';
import { placeFields } from '../program/layout.ts';
import { type Actor, createModel, type Invariant, type ModelSpec } from './model.ts';
import { naiveSearch } from './naive-search.ts';
import { searched } from './testing/searches.ts';

interface Draft {
  readonly id: string;
  readonly role?: Actor['role'];
  readonly ready?: Expr;
  /** One after the other: what each waits for, and what it does. */
  readonly steps: readonly (readonly [guard: Expr | number, ...body: Stmt[]])[];
  /** Goes back to the first step after the last. */
  readonly turns?: boolean;
  /** Of each step; 1 unless said. */
  readonly moves?: number;
}

/** Words x, y, go (0 at first) and lock (1 at first), of at most 3; `calm` is 1 at 0 only. */
function modelOf(drafts: readonly Draft[], invariants: readonly Invariant[] = []): ModelSpec {
  const actors = drafts.map((draft): Actor => {
    const { id, role = 'thread', ready = num(1), steps, turns = false, moves = 1 } = draft;
    const asm = createAssembler(id, id);
    const first = asm.newLabel();
    asm.place(first);
    for (const [guard, ...body] of steps)
      asm.step({
        ...{ label: ['step'], tag: 'write', moves },
        guard: typeof guard === 'number' ? num(guard) : guard,
        body,
      });
    if (turns) asm.jump(first);
    return { id, role, program: asm.finish().program, ready, wait: [] };
  });
  const field = (name: string, max: number) => ({ name, rows: 1, cols: 1, max, ghost: false });
  const layout = placeFields([
    ...['x', 'y', 'go', 'lock'].map((name) => field(name, 3)),
    ...actors.map(({ program }) => field(program.pcField, program.instrs.length - 1)),
  ]);
  const initial = () => new Int32Array(layout.words).with(3, 1);
  return { layout, tables: new Map([['calm', [1, 0, 0, 0, 0]]]), actors, invariants, initial };
}

/** A second step, so that the one before it does not end its thread. */
const goesOn = [1] as const;

const WAITS_AT_A_PLACE = modelOf([
  { id: 'a', steps: [[table('calm', get('b.pc')), set('x', 1)], goesOn] },
  { id: 'b', steps: [[1, set('y', 1)], goesOn] },
]);

/** Breaks `late` unless x was set before. */
const LATE = when(eq(get('x'), 0), [violate('late')]);
/** The step that is not to be taken alone, and another one. */
const SETS_X: Draft = { id: 'a', steps: [[1, set('x', 1)], goesOn] };

const KINDS: readonly (readonly [what: string, property: string, spec: ModelSpec])[] = [
  [
    'keeps its actor from being stopped for ever',
    'no-deadlock',
    modelOf([
      { id: 'a', ready: or(eq(get('x'), 1), eq(get('y'), 0)), steps: [[1, set('x', 1)], goesOn] },
      { id: 'b', steps: [[1, set('y', 1)]] },
    ]),
  ],
  ['waits at a place of another', 'no-deadlock', WAITS_AT_A_PLACE],
  [
    'waits for a value that is looked up',
    'no-deadlock',
    modelOf([
      { id: 'a', steps: [[table('calm', get('x')), set('y', 1)], goesOn] },
      { id: 'b', steps: [[1, set('x', 1)]] },
    ]),
  ],
  [
    'changes a value that another looks up',
    'late',
    modelOf([
      { id: 'a', steps: [[1, set('x', 1)], goesOn] },
      { id: 'b', steps: [[table('calm', get('x')), violate('late')]] },
    ]),
  ],
  [
    'is read by one who is sent back by a third',
    'again',
    modelOf([
      { id: 'a', steps: [[1, set('x', 1)], goesOn] },
      {
        id: 'b',
        steps: [[1, ...when(and(get('go'), eq(get('x'), 0)), [violate('again')])], goesOn],
      },
      { id: 'c', steps: [[eq(get('b.pc'), 1), set('b.pc', 0), set('go', 1)]] },
    ]),
  ],
  [
    'wakes one who keeps moving, and may be stopped before',
    'no-deadlock',
    modelOf([
      { id: 'a', ready: eq(get('go'), 0), steps: [[1, set('lock', 0)], goesOn] },
      { id: 'b', role: 'service', steps: [[eq(get('lock'), 0)]], turns: true },
      { id: 'c', steps: [[1, set('go', 1)]] },
    ]),
  ],
  [
    'decides which element an invariant looks at',
    'state',
    modelOf(
      [
        { id: 'a', steps: [[1, set('x', 1)], goesOn] },
        { id: 'b', steps: [goesOn, goesOn, goesOn] },
      ],
      [{ property: 'state', broken: eq(get('b.pc', get('x')), 1), why: [] }],
    ),
  ],
  [
    'keeps another from being ready',
    'late',
    modelOf([SETS_X, { id: 'b', ready: eq(get('x'), 0), steps: [[1, violate('late')]] }]),
  ],
  [
    'ends where an invariant looks',
    'state',
    modelOf(
      [
        { id: 'a', steps: [goesOn, [1, set('go', 1)], goesOn] },
        { id: 'b', steps: [[1, set('y', 1)]] },
      ],
      [
        {
          property: 'state',
          broken: and(eq(get('y'), 1), eq(get('go'), 0), eq(eq(get('a.pc'), 1), 0)),
          why: [],
        },
      ],
    ),
  ],
  [
    'is a whim, without which nobody goes on',
    'no-deadlock',
    modelOf([
      { id: 'a', role: 'whim', steps: [[1, set('y', 1)], goesOn] },
      { id: 'b', ready: eq(get('y'), 1), steps: [[1]] },
    ]),
  ],
  [
    'is read by one whom a third makes ready',
    'late',
    modelOf([
      SETS_X,
      { id: 'b', ready: eq(get('go'), 1), steps: [[1, ...LATE]] },
      { id: 'c', steps: [[1, set('go', 1)]] },
    ]),
  ],
  [
    'is read by one who can move, though not with the first of its moves',
    'late',
    modelOf([
      SETS_X,
      { id: 'b', role: 'service', moves: 2, steps: [[eq(get('lock'), { k: 'move' }), ...LATE]] },
    ]),
  ],
  [
    'is read by one who waits for ever, but is sent on by a third',
    'late',
    modelOf([
      SETS_X,
      { id: 'b', role: 'service', steps: [[eq(get('lock'), 0)], [1, ...LATE]] },
      { id: 'c', steps: [[1, set('b.pc', 1)]] },
    ]),
  ],
  [
    'takes what another wants to take',
    'twice',
    modelOf([
      {
        id: 'a',
        steps: [
          [1, set('x', add(get('x'), 1))],
          [1, ...when(eq(get('x'), 2), [violate('twice')])],
        ],
      },
      {
        id: 'b',
        steps: [
          [1, set('x', add(get('x'), 1))],
          [1, set('x', 0)],
        ],
      },
    ]),
  ],
];

describe('a step is not taken alone that', () => {
  it.each(KINDS)('%s', (_what, property, spec) => {
    const naive = naiveSearch(createModel(spec), 1000);
    expect([...naive.violations.keys()]).toContain(property);
    expect([...searched(spec, true).violations.keys()].toSorted()).toEqual(
      [...naive.violations.keys()].toSorted(),
    );
  });
});

describe('a step is taken alone', () => {
  const count = (spec: ModelSpec): readonly number[] =>
    [false, true].map((reduce) => searched(spec, reduce).store.count);

  it('where the others have nothing to do with it', () => {
    const a: Draft = { id: 'a', steps: [[1, set('x', 1)], goesOn] };
    const b: Draft = { id: 'b', steps: [[1, set('y', 1)], goesOn] };
    expect(count(modelOf([a, b]))).toEqual([9, 6]);
  });

  it('where another would have, but cannot move before', () => {
    const handler: Draft = {
      ...{ id: 'b', role: 'service', turns: true },
      steps: [[eq(get('x'), 2), set('x', 0)]],
    };
    const other: Draft = { id: 'c', steps: [[1, set('y', 1)], goesOn] };
    const [whole = 0, reduced = 0] = count(
      modelOf([{ id: 'a', steps: [[1, set('x', 1)], [1, set('x', 2)], goesOn] }, handler, other]),
    );
    expect(reduced).toBeLessThan(whole);
  });
});
