import { createRng, type Rng } from '../../lib/rng.ts';
import { type Assembler, createAssembler } from '../../program/assembler.ts';
import { and, eq, type Expr, get, ne, not, num, or, table } from '../../program/expr.ts';
import { halt, set, type Stmt, violate, when } from '../../program/instr.ts';
import { placeFields } from '../../program/layout.ts';
import type { Actor, ModelSpec } from '../model.ts';
import {
  anything,
  MOST_ACTORS,
  pick,
  SHARED,
  statement,
  TABLES,
  value,
  type Within,
} from './random-within.ts';

/** Beside `SHARED`: a lock (owner + 1), flags that are waited for, and interrupts on their way to a CPU. */
const WAITED_FOR = [
  { name: 'lock', rows: 1, cols: 1, max: MOST_ACTORS },
  { name: 'flag', rows: 1, cols: 2, max: 1 },
  { name: 'pending', rows: 1, cols: 2, max: 1 },
] as const;

interface Writing {
  readonly asm: Assembler;
  readonly w: Within;
}

interface StepParts {
  readonly guard?: Expr;
  readonly moves?: number;
  readonly body: readonly Stmt[];
}

function step({ asm }: Writing, parts: StepParts): void {
  asm.step({ label: ['step'], tag: 'write', ...parts });
}

/** One or two steps of what threads do: lock and unlock, signal and wait, interrupt and wait, work alone or on what is shared. */
function someSteps(writing: Writing, others: readonly string[]): void {
  const { w } = writing;
  const which = w.rng.next(2);
  const mine = { ...w, apart: true };
  const kinds: readonly (() => void)[] = [
    () => {
      step(writing, { guard: eq(get('lock'), 0), body: [set('lock', w.me + 1), statement(mine, 1)] });
      if (w.rng.next(2) === 0) step(writing, { body: work(w) });
      const told = w.rng.next(3) === 0 ? when(ne(get('lock'), w.me + 1), [violate('owner')]) : [];
      step(writing, { body: w.rng.next(6) === 0 ? told : [...told, set('lock', 0)] });
    },
    () => {
      step(writing, { body: [set('flag', w.rng.next(4) === 0 ? 0 : 1, which)] });
    },
    () => {
      step(writing, { guard: waitedFor(w, others), body: [statement(mine, 1)] });
    },
    () => {
      step(writing, { body: [set('pending', 1, which)] });
      if (w.rng.next(4) === 0) step(writing, { guard: eq(get('pending', which), 0), body: [] });
    },
    () => {
      const moves = 1 + w.rng.next(3);
      step(writing, { moves, body: work({ ...w, moves }) });
    },
  ];
  const alone = (): void => {
    step(writing, { body: work(mine) });
  };
  pick(w, [...kinds, alone, alone, alone, alone])();
}

/** A flag, a value or a place of somebody else, plain or looked up, and seldom anything. */
function waitedFor(w: Within, others: readonly string[]): Expr {
  const place = get(`${pick(w, others)}.pc`);
  return pick(w, [
    ...[eq(get('flag', w.rng.next(2)), 1), eq(get('lock'), 0), table('calm', place), table('odd', get('x'))],
    ...[not(table('odd', get('x'))), ne(place, w.rng.next(5)), value(w, 1)],
  ]);
}

/** Statements, and what they may tell. */
function work(w: Within): readonly Stmt[] {
  const found: Stmt =
    w.rng.next(2) === 0 ? violate('told') : { k: 'reach', moment: `moment${String(w.rng.next(2))}` };
  const telling = w.rng.next(5) === 0 ? when(value(w, 2), [found], w.rng.next(3) === 0 ? [halt] : []) : [];
  return [statement(w, 2), ...telling];
}

function writeThread(writing: Writing, others: readonly string[]): void {
  const { asm, w } = writing;
  const { rng } = w;
  const start = asm.newLabel();
  asm.place(start);
  const count = 2 + rng.next(3);
  for (let i = 0; i < count; i++) {
    const past = asm.newLabel();
    // What comes first is a step, so that going back to it is no local work without end.
    if (i > 0 && rng.next(5) === 0) asm.branch(value(w, 1), past);
    someSteps(writing, others);
    if (rng.next(4) === 0) asm.local(statement({ ...w, apart: rng.next(2) === 0 }, 1));
    asm.place(past);
  }
  if (rng.next(4) === 0) asm.branch(value(w, 2), start);
}

/** Takes an interrupt to a CPU where its thread may be disturbed, does something, sends a walker back, says that it is done. */
function writeHandler(writing: Writing, thread: string, walker: string | null): void {
  const { asm, w } = writing;
  const which = w.me % 2;
  const again = asm.newLabel();
  asm.place(again);
  const calm = w.rng.next(2) === 0 ? table('calm', get(`${thread}.pc`)) : num(1);
  step(writing, {
    guard: and(eq(get('pending', which), 1), calm),
    body: [statement({ ...w, apart: true }, 1)],
  });
  const back = walker === null ? [] : [set(`${walker}.pc`, 0), set(`${walker}.p`, 0), set(`${walker}.q`, 0)];
  step(writing, { body: w.rng.next(2) === 0 ? back : work(w) });
  step(writing, { body: [set('pending', 0, which)] });
  asm.jump(again);
}

/**
 * A small world of threads that wait for each other, with all kinds of statements and expressions: now and then an interrupt handler that keeps its thread from
 * moving, and a walker that owes nothing and is sent back by it. Much of the work is nobody else's, so that steps can be taken alone; no index is outside and no
 * value too great, so that SPIN takes it as well. The same seed gives the same one.
 */
export function randomThreads(seed: number): ModelSpec {
  const rng = createRng(Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995);
  for (let i = 0; i < 4; i++) rng.next(2);
  const threads = ['a', 'b', 'c'].slice(0, 2 + (rng.next(4) === 0 ? 1 : 0));
  const handler = rng.next(2) === 0 ? ['h'] : [];
  const walker = rng.next(5) === 0 ? ['s'] : [];
  const ids = [...threads, ...handler, ...walker].slice(0, MOST_ACTORS);
  const drafts = ids.map((id, me) => {
    const asm = createAssembler(id, id);
    const locals = ['p', 'q'].map((name) => asm.declare(name, 3));
    const writing: Writing = { asm, w: { rng, me, locals, moves: 1, inEach: false, apart: false } };
    const others = threads.filter((other) => other !== id);
    if (id === 'h') writeHandler(writing, 'a', ids.includes('s') ? 's' : null);
    else if (id === 's') writeWalker(writing);
    else writeThread(writing, others);
    return { id, me, locals, program: asm.finish().program };
  });
  const actors = drafts.map(({ id, me, program }): Actor => ({
    ...{ id, program, wait: [] },
    role: id === 'h' ? 'service' : id === 's' ? 'whim' : 'thread',
    ready: readyOf(id, me, { ids, rng }),
  }));
  const fields = [
    ...SHARED,
    ...WAITED_FOR,
    ...actors.map(({ program }) => ({
      name: program.pcField,
      rows: 1,
      cols: 1,
      max: program.instrs.length - 1,
    })),
    ...drafts.flatMap(({ locals }) => locals.map((name) => ({ name, rows: 1, cols: 1, max: 3 }))),
  ];
  const layout = placeFields(fields.map((field) => ({ ...field, ghost: false })));
  const w: Within = {
    rng,
    me: 0,
    locals: drafts.flatMap(({ locals }) => locals),
    moves: 1,
    inEach: false,
    apart: false,
  };
  const invariants = Array.from({ length: rng.next(3) }, (_, i) => ({
    ...{ property: `state${String(i)}`, why: [] },
    broken: anything(
      w,
      actors.map(({ program }) => program.pcField),
    ),
  }));
  const zeroes = new Int32Array(layout.words);
  return { layout, tables: TABLES, actors, invariants, initial: () => zeroes.slice() };
}

function writeWalker(writing: Writing): void {
  const { w } = writing;
  for (let left = 2; left > 0; left--) step(writing, { body: [set(pick(w, w.locals), value(w, 1))] });
}

/** The first thread stands still while its handler runs; others now and then where something that they do not change, or do, says so. */
function readyOf(
  id: string,
  me: number,
  { ids, rng }: { readonly ids: readonly string[]; readonly rng: Rng },
): Expr {
  if (id === 'a' && ids.includes('h')) return eq(get('h.pc'), 0);
  if (id === 'h' || rng.next(4) !== 0) return num(1);
  const quiet = eq(get('flag', rng.next(2)), 0);
  return pick({ rng }, [
    ...[ne(get('x'), 3), or(get('lock'), quiet), table('calm', get('a.pc'))],
    or(eq(get('own', rng.next(2), me), rng.next(2)), quiet),
  ]);
}
