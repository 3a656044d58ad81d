import { createRng, type Rng } from '../../lib/rng.ts';
import {
  and,
  type BinaryOp,
  binary,
  bitAnd,
  cond,
  each,
  eq,
  type Expr,
  find,
  get,
  move,
  not,
  num,
  table,
} from '../../program/expr.ts';
import { type Instr, type Op, type Program, set, type Stmt, violate } from '../../program/instr.ts';
import { placeFields } from '../../program/layout.ts';
import type { Actor, ModelSpec } from '../model.ts';
import { pick } from './random-within.ts';

/** Fields that every random model has; the greatest value of most is 2^n - 1, so that a mask keeps any value within it. */
const FIELDS = [
  { name: 'x', rows: 1, cols: 1, max: 3 },
  { name: 'y', rows: 1, cols: 2, max: 1 },
  { name: 'm', rows: 2, cols: 3, max: 7 },
  { name: 'wide', rows: 1, cols: 1, max: 2 ** 31 - 1 },
  { name: 'r', rows: 4, cols: 1, max: 5 },
] as const;
const TABLES = new Map<string, ArrayLike<number>>([
  ['upTo5', [5, 0, 3, 1, 4, 2, 0, 5]],
  ['upTo2', [0, 1, 2, 1]],
  // Looked up at a pc: whether an actor may be disturbed there.
  ['places', [1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1]],
]);
const OPS: readonly BinaryOp[] = [
  '+',
  '-',
  '*',
  '&',
  '|',
  '^',
  '<<',
  '>>>',
  '==',
  '!=',
  '<',
  '<=',
  '&&',
  '||',
];
const LOCALS = ['p', 'q'];

interface Making {
  readonly rng: Rng;
  /** Fields that may be read here: name, rows, cols. */
  readonly readable: readonly { readonly name: string; readonly rows: number; readonly cols: number }[];
  /** Locals that may be written here. */
  readonly locals: readonly string[];
  /** Statements that move other actors. */
  readonly resets: readonly Stmt[];
  readonly moves: number;
  readonly inEach: boolean;
}

/** Any expression: it may read outside a field, overflow, be negative. */
function anyExpr(make: Making, depth: number): Expr {
  const { rng } = make;
  const part = (): Expr => anyExpr(make, depth - 1);
  switch (rng.next(depth <= 0 ? 3 : 9)) {
    case 0:
      return num(rng.next(6) - 1);
    case 1: {
      const { name, rows, cols } = pick(make, make.readable);
      return get(name, rng.next(cols), rng.next(rows));
    }
    case 2:
      if (make.inEach) return each;
      return make.moves > 1 ? move : num(rng.next(9));
    case 3: {
      const { name } = pick(make, make.readable);
      return get(name, part(), rng.next(2) === 0 ? 0 : part());
    }
    case 4:
      return not(part());
    case 5:
      return cond(part(), part(), part());
    case 6:
      return table(pick(make, ['upTo5', 'upTo2']), part());
    case 7:
      return find({
        field: pick(make, ['y', 'm', 'r']),
        ...{ row: rng.next(2), from: rng.next(2), to: rng.next(4), value: rng.next(3) },
        mask: pick(make, [-1, 1, 3]),
      });
    default:
      return binary(pick(make, OPS), part(), part());
  }
}

/** A write that stays within the field. */
function anyWrite(make: Making): Stmt {
  const { rng } = make;
  const value = anyExpr(make, 2);
  switch (rng.next(8)) {
    case 0:
      return set('x', bitAnd(value, 3));
    case 1:
      return set('y', bitAnd(value, 1), bitAnd(anyExpr(make, 1), 1));
    case 2:
      return set(
        'm',
        bitAnd(value, 7),
        table('upTo2', bitAnd(anyExpr(make, 1), 3)),
        bitAnd(anyExpr(make, 1), 1),
      );
    case 3:
      return set('wide', pick(make, [0, 2 ** 31 - 1, 2 ** 30]));
    case 4:
      return set('r', table('upTo5', bitAnd(value, 7)), 0, bitAnd(anyExpr(make, 1), 3));
    case 5:
      return make.inEach ? set('m', bitAnd(value, 7), each, rng.next(2)) : set('x', rng.next(4));
    default:
      return set(pick(make, make.locals), bitAnd(value, 3));
  }
}

function anyStmt(make: Making, depth: number): Stmt {
  const { rng } = make;
  const body = (inner: Making): readonly Stmt[] =>
    Array.from({ length: 1 + rng.next(2) }, () => anyStmt(inner, depth - 1));
  switch (rng.next(depth <= 0 ? 6 : 12)) {
    case 6:
      return { k: 'if', test: anyExpr(make, 2), then: body(make), else: rng.next(2) === 0 ? [] : body(make) };
    case 7:
      if (make.inEach) return anyWrite(make);
      return { k: 'each', count: 1 + rng.next(3), body: body({ ...make, inEach: true }) };
    case 8:
      return { k: 'fill', field: 'm', row: num(rng.next(2)), value: bitAnd(anyExpr(make, 1), 7) };
    case 9:
      return { k: 'and-row', field: 'm', row: bitAnd(anyExpr(make, 1), 1), mask: anyExpr(make, 1) };
    case 10:
      return { k: 'copy-row', field: 'm', to: num(rng.next(2)), from: anyExpr(make, 1) };
    case 11:
      return pick(make, make.resets.length === 0 ? [anyWrite(make)] : make.resets);
    default:
      return anyWrite(make);
  }
}

/** What a step may tell, on some condition. */
function anyFinding(make: Making): Stmt {
  const { rng } = make;
  const found: Stmt =
    rng.next(2) === 0
      ? violate(`step${String(rng.next(2))}`)
      : { k: 'reach', moment: `moment${String(rng.next(2))}` };
  return { k: 'if', test: anyExpr(make, 2), then: [found], else: rng.next(8) === 0 ? [{ k: 'halt' }] : [] };
}

function anyStep(make: Making): Op {
  const { rng } = make;
  const moves = rng.next(5) === 0 ? 2 + rng.next(2) : 1;
  const inner = { ...make, moves };
  const body = Array.from({ length: 1 + rng.next(2) }, () => anyStmt(inner, 2));
  return {
    k: 'step',
    ...{ label: ['step'], tag: 'write', wait: [], moves, inInstruction: false },
    guard: rng.next(5) === 0 ? anyExpr(inner, 2) : num(1),
    body: rng.next(4) === 0 ? [...body, anyFinding(inner)] : body,
  };
}

/** Some steps with local work, branches and jumps between them. What goes back goes to a step, so that local work ends. */
function anyInstrs(make: Making): readonly Instr[] {
  const { rng } = make;
  const count = 5 + rng.next(4);
  const kinds = Array.from({ length: count }, () =>
    pick(make, ['step', 'step', 'step', 'local', 'branch', 'jump']),
  );
  const steps = kinds.flatMap((kind, i) => (kind === 'step' ? [i] : []));
  const ops = kinds.map((kind, i): Op => {
    const back = steps.filter((step) => step <= i);
    const isBack = rng.next(4) === 0 && back.length > 0;
    const target = isBack ? pick(make, back) : Math.min(count, i + 1 + rng.next(3));
    if (kind === 'local') return { k: 'local', body: [anyStmt(make, 1)] };
    if (kind === 'branch') return { k: 'branch', test: anyExpr(make, 2), target };
    return kind === 'jump' ? { k: 'jump', target } : anyStep(make);
  });
  return [...ops, { k: 'end', halted: false } as const, { k: 'end', halted: true } as const].map((op) => ({
    ...op,
    line: 0,
  }));
}

/**
 * A small model that nobody thought of: two or three actors with a few steps each over shared fields, with all kinds of instructions, statements and expressions, guards,
 * invariants that may read locals, and now and then an actor that sends another back to its start. The same seed gives the same one.
 */
export function randomModel(seed: number): ModelSpec {
  const rng = createRng(Math.imul(seed + 1, 0x9e3779b1));
  const ids = ['a', 'b', 'c'].slice(0, 2 + rng.next(2));
  const one = (name: string, max: number) => ({ name, rows: 1, cols: 1, max });
  const locals = (id: string): readonly string[] => LOCALS.map((local) => `${id}.${local}`);
  const fields = [
    ...FIELDS,
    ...ids.map((id) => one(`${id}.pc`, 15)),
    ...ids.flatMap((id) => locals(id).map((local) => one(local, 3))),
  ];
  const layout = placeFields(fields.map((field) => ({ ...field, ghost: false })));
  const shared = { rng, moves: 1, inEach: false };
  const isReset = rng.next(6) === 0;
  const actors = ids.map((id, i): Actor => {
    const others = isReset ? ids.slice(i + 1) : [];
    const resets = others.flatMap((other) => [set(`${other}.pc`, 0), set(`${other}.p`, 0)]);
    const readable = [...FIELDS, ...locals(id).map((local) => one(local, 3))];
    const make = { ...shared, readable, locals: locals(id), resets };
    // Where others may send it, it must stand at a step.
    const first = isReset ? [{ ...anyStep(make), line: 0 } as const] : [];
    const moved = anyInstrs(make).map((instr): Instr =>
      instr.k === 'jump' || instr.k === 'branch' ? { ...instr, target: instr.target + first.length } : instr,
    );
    const program: Program = {
      name: id,
      instrs: [...first, ...moved],
      lines: [],
      calls: [],
      pcField: `${id}.pc`,
      locals: locals(id),
    };
    const other = ids.find((one) => one !== id) ?? id;
    const inPlace = rng.next(4) === 0 ? table('places', get(`${other}.pc`)) : num(1);
    return {
      ...{ id, program, wait: [] },
      role: pick(make, ['thread', 'thread', 'service', 'whim']),
      ready: and(inPlace, rng.next(8) === 0 ? anyExpr({ ...make, readable: FIELDS }, 2) : 1),
    };
  });
  const everything = { ...shared, readable: fields, locals: [], resets: [] };
  const broken = (): Expr => {
    const stands = eq(get(`${pick(everything, ids)}.pc`), rng.next(9));
    return and(rng.next(2) === 0 ? stands : 1, anyExpr(everything, 2), anyExpr(everything, 2));
  };
  const invariants = Array.from({ length: rng.next(4) }, (_, i) => ({
    property: `state${String(i % 2)}`,
    broken: broken(),
    why: [],
  }));
  const first = fields.flatMap(({ name, rows, cols, max }) =>
    Array.from({ length: rows * cols }, () => (name.includes('.') ? 0 : rng.next(max + 1))),
  );
  return { layout, tables: TABLES, actors, invariants, initial: () => Int32Array.from(first) };
}
