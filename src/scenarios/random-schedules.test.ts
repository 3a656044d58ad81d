import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createMachine, type ModelSpec, takeStep } from '../explorer/model.ts';
import { createRun, enabledMoves, seek, step } from '../explorer/run.ts';
import { at } from '../lib/at.ts';
import { createRng } from '../lib/rng.ts';
import { num } from '../program/expr.ts';
import type { Instr, Step, Stmt } from '../program/instr.ts';
import { fieldOf } from '../program/layout.ts';
import { caseOf, inWords, PAIRS_OF_ALL, randomRun, runShare, shrink } from './testing/random-runs.ts';
import { rigOf } from './testing/rig.ts';

/** Schedules in all; LIMBO_SCHEDULES=2000 for a quick look. */
const SCHEDULES = Number(process.env['LIMBO_SCHEDULES'] ?? '100000');

/** Seeds that once found something: name of the pair, seed. */
const REGRESSIONS: readonly (readonly [string, number])[] = [];

function pairOf(wanted: string): (typeof PAIRS_OF_ALL)[number] {
  const pair = PAIRS_OF_ALL.find(({ name }) => name === wanted);
  if (pair === undefined) throw new Error(`no pair ${wanted}`);
  return pair;
}

/** Every step of every program, changed. */
const alterSteps =
  (change: (step: Step) => Step) =>
  (spec: ModelSpec): ModelSpec => ({
    ...spec,
    actors: spec.actors.map((actor) => {
      const instrs = actor.program.instrs.map((i): Instr => (i.k === 'step' ? { ...i, ...change(i) } : i));
      return { ...actor, program: { ...actor.program, instrs } };
    }),
  });

/** Every statement, those inside conditions too, changed or left out. */
function alterAll(body: readonly Stmt[], change: (stmt: Stmt) => readonly Stmt[]): readonly Stmt[] {
  return body.flatMap((stmt): readonly Stmt[] =>
    stmt.k === 'if'
      ? [{ ...stmt, then: alterAll(stmt.then, change), else: alterAll(stmt.else, change) }]
      : change(stmt),
  );
}

const without = (tag: string, fields: readonly string[]) =>
  alterSteps((s) =>
    s.tag === tag
      ? { ...s, body: alterAll(s.body, (x) => ('field' in x && fields.includes(x.field) ? [] : [x])) }
      : s,
  );
const also = (tag: string, stmt: Stmt) =>
  alterSteps((s) => (s.tag === tag ? { ...s, body: [...s.body, stmt] } : s));
const setTo = (field: string, value: number, [col = 0, row = 0]: readonly number[] = []): Stmt => ({
  k: 'set',
  field,
  row: num(row),
  col: num(col),
  value: num(value),
});

/** Wrong machines, and what the shadow says of them. */
const WRONG: readonly (readonly [string, (spec: ModelSpec) => ModelSpec, RegExp])[] = [
  [
    'an IPI that flushes no TLB',
    without('ipi-take', ['cpu.tlb']),
    /leaves (something|its own va) in the TLB/,
  ],
  ['an IPI that flushes no walk cache', without('ipi-take', ['cpu.walk_cache']), /leaves a walk cache/],
  ['a TLB that takes in what is nowhere', also('walk', setTo('cpu.tlb', 64 * 3 + 7)), /no entry holds/],
  [
    'a TLB that takes in what is not young',
    also('walk', setTo('cpu.tlb', 64 * 3 + 3)),
    /not present and young/,
  ],
  [
    'a walk cache that leads nowhere',
    (spec) => also('walk', setTo('cpu.walk_cache', fieldOf(spec.layout, 'cpu.walk_cache').max))(spec),
    /no entry leads to/,
  ],
  ['a flush of somebody else’s TLB', also('swing', setTo('cpu.tlb', 0)), /another CPU is changed/],
  [
    'a spin lock that does not exclude',
    alterSteps((s) => (s.tag === 'lock' ? { ...s, guard: num(1) } : s)),
    /changes hands/,
  ],
  ['an unlock that does nothing', without('unlock', ['frame.ptl']), /locks are held, ghost/],
  ['two entries in one step', also('swing', setTo('entries', 0, [1, 2])), /two entries/],
  ['a page that a read makes newer', also('tlb', setTo('ghost.newer', 1, [3])), /newer in a step/],
  ['a table freed twice', also('free', setTo('frame.kind', 1, [2])), /a frame turns from/],
  ['a mark that is never taken back', without('mark', ['mm.rewalk']), /relocations are marked/],
  ['an acknowledgement that nobody hears', without('ipi-ack', ['ipi.await']), /awaited and pending differ/],
  [
    'a dirty bit cleared in passing',
    also('data', setTo('frame.dirty', 1, [3])),
    /dirty bit changes in passing/,
  ],
  ['a PTE lost by a copy', without('copy', ['entries']), /lost its page/],
];

describe('random schedules', () => {
  it(
    'keep what must stay true of the machine, in every scenario and version: first half',
    { timeout: 600_000 },
    () => {
      const { failure, runs } = runShare({ schedules: SCHEDULES, share: 0, of: 2 }, runInThisContext);
      expect(failure).toBeNull();
      expect(runs).toBeGreaterThan(0);
    },
  );

  it.each(WRONG)('the shadow sees %s', (_name, alter, complaint) => {
    const found = ['write-reclaim x 2008-04-29', 'twice x 2008-04-29', 'two-dirty x 2008-04-29'].flatMap(
      (name) => {
        const one = caseOf(pairOf(name), runInThisContext, alter);
        return Array.from({ length: 60 }, (_, seed) => randomRun(one, (seed + 1) * 7919).complaint ?? '');
      },
    );
    expect(found.filter((said) => complaint.test(said)).length).toBeGreaterThan(0);
  });

  it('a complaint is shrunk to a short schedule that still shows it, and put into words', () => {
    const alter = also('walk', setTo('cpu.tlb', 64 * 3 + 7));
    const pair = pairOf('write-reclaim x 2008-04-29');
    const one = caseOf(pair, runInThisContext, alter);
    const ran = randomRun(one, 7919);
    const short = shrink(one, ran);
    expect(short.length).toBe(2);
    expect(inWords(caseOf(pair, runInThisContext), short)).toMatch(
      /^0 cpu0: read va0: look in the TLB \(miss\)\n0 cpu0: walk: read pgd/,
    );
  });

  it.each(REGRESSIONS)('%s, seed %i stays right', (name, seed) => {
    expect(randomRun(caseOf(pairOf(name), runInThisContext), seed).complaint).toBeNull();
  });

  it('seeking to any moment of a run equals replaying its moves from the start', { timeout: 120_000 }, () => {
    for (const [nth, { scenario, design }] of PAIRS_OF_ALL.entries()) {
      const { model } = rigOf(scenario, design);
      const run = createRun(model);
      const rng = createRng(nth + 1);
      for (let moves = enabledMoves(run); moves.length > 0 && run.cursor < 200; moves = enabledMoves(run))
        step(run, at(moves, rng.next(moves.length)));
      const target = rng.next(run.moves.length + 1);
      const again = createMachine(model);
      for (const { actor, move } of run.moves.slice(0, target)) takeStep(model, again, actor, move);
      seek(run, target);
      expect(run.machine.words).toEqual(again.words);
    }
  });
});
